import type { UserDetails } from '@driftlock/contracts'
import { LinkButton } from '@driftlock/ui-kit'
import { Button, Flex, FlexItem } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { useMay } from '../../session/session-context.ts'
import { AssignTokenButton } from './assign-token-button.tsx'
import { useUserActs } from './use-user-acts.ts'

/** The buttons for the whole user. */
export function UserActions({ user }: { user: UserDetails }) {
  const { t } = useTranslation()
  const may = useMay()
  const acts = useUserActs(user)
  const { locked, pausedUntil, consecutiveFailures } = user.lock
  const canUnlock = locked || pausedUntil !== null || consecutiveFailures > 0
  return (
    <Flex gap={{ default: 'gapSm' }}>
      {may('unlock-user') && canUnlock && (
        <FlexItem>
          <Button variant={locked ? 'primary' : 'secondary'} onClick={() => void acts.unlock()}>
            {t('users.unlock')}
          </Button>
        </FlexItem>
      )}
      {may('enable-user') && (
        <FlexItem>
          <Button
            variant={user.enabled ? 'secondary' : 'primary'}
            onClick={() => void (user.enabled ? acts.disable() : acts.enable())}
          >
            {t(user.enabled ? 'users.disable' : 'users.enable')}
          </Button>
        </FlexItem>
      )}
      {may('assign-token') && (
        <FlexItem>
          <AssignTokenButton user={user} variant="secondary" />
        </FlexItem>
      )}
      {may('update-user') && (
        <FlexItem>
          <LinkButton to={`/users/${user.id}/edit`}>{t('users.edit')}</LinkButton>
        </FlexItem>
      )}
      {may('delete-user') && (
        <FlexItem>
          <Button variant="link" isDanger onClick={() => void acts.remove()}>
            {t('users.delete')}
          </Button>
        </FlexItem>
      )}
    </Flex>
  )
}
