import type { TokenCondition, UserSummary } from '@driftlock/contracts'
import { Label, type LabelProps } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'

type Status = NonNullable<LabelProps['status']> | undefined

const tokenStatus: Record<TokenCondition, Status> = {
  lost: 'danger',
  expired: 'danger',
  'not-started': 'warning',
  disabled: 'danger',
  unassigned: undefined,
  'emergency-access': 'warning',
  'next-tokencode': 'info',
  'new-pin': 'info',
  drifting: 'warning',
  ready: 'success',
}

const userStatus: Record<UserSummary['condition'], Status> = {
  disabled: 'danger',
  'not-started': 'warning',
  expired: 'danger',
  locked: 'danger',
  active: 'success',
}

/** The one thing to say of a token first. */
export function TokenConditionLabel({ condition }: { condition: TokenCondition }) {
  const { t } = useTranslation()
  return <StatusLabel status={tokenStatus[condition]}>{t(`conditions.token.${condition}`)}</StatusLabel>
}

/** The one thing to say of a user first. */
export function UserConditionLabel({ condition }: { condition: UserSummary['condition'] }) {
  const { t } = useTranslation()
  return <StatusLabel status={userStatus[condition]}>{t(`conditions.user.${condition}`)}</StatusLabel>
}

/** A short state with its icon: never by colour alone. */
export function StatusLabel({ status, children }: { status: Status; children: string }) {
  return (
    <Label isCompact {...(status && { status })}>
      {children}
    </Label>
  )
}
