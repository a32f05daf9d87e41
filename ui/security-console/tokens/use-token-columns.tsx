import type { TokenSummary } from '@driftlock/contracts'
import { type Column, Moment } from '@driftlock/ui-kit'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { TokenConditionLabel } from '../conditions/condition-label.tsx'
import { DomainLink } from '../links/domain-link.tsx'
import { ClockOff } from './clock-off.tsx'

/** The columns a list of tokens can show. */
export function useTokenColumns(): readonly Column<TokenSummary>[] {
  const { t } = useTranslation()
  return [
    {
      id: 'serial',
      title: t('tokens.serial'),
      sort: 'serial',
      fixed: true,
      cell: (token) => <Link to={`/tokens/${token.id}`}>{token.serial}</Link>,
    },
    { id: 'condition', title: t('tokens.state'), cell: (token) => <TokenConditionLabel condition={token.condition} /> },
    {
      id: 'owner',
      title: t('tokens.owner'),
      sort: 'owner',
      cell: (token) => token.owner && <Link to={`/users/${token.owner.id}`}>{token.owner.displayName}</Link>,
    },
    { id: 'form', title: t('tokens.form'), cell: (token) => t(`tokens.formFactors.${token.formFactor}`) },
    {
      id: 'expires',
      title: t('tokens.expires'),
      sort: 'expiry',
      cell: (token) => <Moment atMs={token.expiresAt} dateOnly />,
    },
    {
      id: 'used',
      title: t('tokens.lastUsed'),
      sort: 'last-used',
      cell: (token) => <Moment atMs={token.lastAcceptedAt} />,
    },
    ...useFurtherColumns(),
  ]
}

/** What is shown when it is chosen. */
function useFurtherColumns(): readonly Column<TokenSummary>[] {
  const { t } = useTranslation()
  const yesNo = (value: boolean) => t(value ? 'search.true' : 'search.false')
  return [
    { id: 'kind', title: t('tokens.kind'), hidden: true, cell: (token) => t(`tokens.kinds.${token.kind}`) },
    {
      id: 'clock',
      title: t('tokens.clock'),
      hidden: true,
      cell: (token) => (token.kind === 'hotp' ? '' : <ClockOff offsetMs={token.clockOffsetMs} />),
    },
    {
      id: 'leaves',
      title: t('tokens.leavesWindow'),
      sort: 'leaves-window',
      hidden: true,
      cell: (token) =>
        token.leavesWindowAt === null ? t('tokens.notInSight') : <Moment atMs={token.leavesWindowAt} dateOnly />,
    },
    {
      id: 'domain',
      title: t('tokens.domain'),
      hidden: true,
      cell: (token) => <DomainLink domain={token.securityDomain} />,
    },
    { id: 'pin', title: t('tokens.pin'), hidden: true, cell: (token) => yesNo(token.hasPin) },
    { id: 'emergency', title: t('tokens.emergency'), hidden: true, cell: (token) => yesNo(token.hasEmergencyAccess) },
    { id: 'nickname', title: t('tokens.nickname'), hidden: true, cell: (token) => token.nickname },
  ]
}
