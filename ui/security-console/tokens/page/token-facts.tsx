import type { TokenDetails } from '@driftlock/contracts'
import { Moment } from '@driftlock/ui-kit'
import { Card, CardBody, CardTitle } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { type Fact, Facts } from '../../facts/facts.tsx'
import { DomainLink } from '../../links/domain-link.tsx'

/** The record of a token (authentication-manager §6.1). */
export function TokenFacts({ token }: { token: TokenDetails }) {
  const { t } = useTranslation()
  return (
    <Card isCompact>
      <CardTitle component="h2">{t('tokens.record')}</CardTitle>
      <CardBody>
        <Facts facts={[...useKindFacts(token), ...useLifeFacts(token), ...useOptionalFacts(token)]} />
      </CardBody>
    </Card>
  )
}

/** Whose it is, and how its codes are made and typed. */
function useKindFacts(token: TokenDetails): readonly Fact[] {
  const { t } = useTranslation()
  const { owner, digits, algorithm, intervalSeconds } = token
  const interval = intervalSeconds > 0 ? [t('tokens.everySeconds', { count: intervalSeconds })] : []
  const ownerLink = owner && (
    <Link key="owner" to={`/users/${owner.id}`}>
      {owner.displayName}
    </Link>
  )
  return [
    [t('tokens.owner'), ownerLink ?? t('facts.none')],
    [t('tokens.form'), t(`tokens.formFactors.${token.formFactor}`)],
    [t('tokens.kind'), t(`tokens.kinds.${token.kind}`)],
    [t('tokens.code'), [t('tokens.digits', { count: digits }), algorithm.toUpperCase(), ...interval].join(', ')],
    [t('tokens.passcodeStyle'), t(`tokens.passcodeStyles.${token.passcodeStyle}`)],
  ]
}

/** Since when and until when, and what happened between. */
function useLifeFacts(token: TokenDetails): readonly Fact[] {
  const { t } = useTranslation()
  const { pin, expiresAt } = token
  return [
    [t('tokens.starts'), <Moment key="starts" atMs={token.startsAt} dateOnly absent={t('tokens.noStart')} />],
    [t('tokens.expires'), <Moment key="expires" atMs={expiresAt} dateOnly relative />],
    [t('tokens.pin'), pin ? <Moment key="pin" atMs={pin.setAt} /> : t('tokens.pinNone')],
    [t('tokens.assigned'), <Moment key="assigned" atMs={token.assignedAt} />],
    [t('tokens.lastUsed'), <Moment key="used" atMs={token.lastAcceptedAt} relative />],
    [t('tokens.imported'), <Moment key="imported" atMs={token.importedAt} />],
    [t('tokens.origin'), token.origin],
    [t('tokens.domain'), <DomainLink key="domain" domain={token.securityDomain} />],
  ]
}

/** What most tokens have none of. */
function useOptionalFacts({ replaces, replacedBy, distribution, notes }: TokenDetails): readonly Fact[] {
  const { t } = useTranslation()
  const link = ({ id, serial }: { readonly id: string; readonly serial: string }) => (
    <Link key={id} to={`/tokens/${id}`}>
      {serial}
    </Link>
  )
  const distributed = distribution && (
    <span key="distributed">
      <Moment atMs={distribution.at} /> · {t(`distribution.methods.${distribution.method}`)} ·{' '}
      {t('tokens.distributedTimes', { count: distribution.count })}
    </span>
  )
  return [
    ...(replaces ? [[t('tokens.replaces'), link(replaces)] as const] : []),
    ...(replacedBy ? [[t('tokens.replacedBy'), link(replacedBy)] as const] : []),
    ...(distributed ? [[t('tokens.distributed'), distributed] as const] : []),
    ...(notes === '' ? [] : [[t('tokens.notes'), notes] as const]),
  ]
}
