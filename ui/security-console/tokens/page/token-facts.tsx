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
  const { owner, pin, replacedBy, replaces, distribution } = token
  const facts: Fact[] = [
    [
      t('tokens.owner'),
      owner ? (
        <Link key="owner" to={`/users/${owner.id}`}>
          {owner.displayName}
        </Link>
      ) : (
        t('facts.none')
      ),
    ],
    [t('tokens.form'), t(`tokens.formFactors.${token.formFactor}`)],
    [t('tokens.kind'), t(`tokens.kinds.${token.kind}`)],
    [t('tokens.code'), codeText()],
    [t('tokens.passcodeStyle'), t(`tokens.passcodeStyles.${token.passcodeStyle}`)],
    [t('tokens.starts'), <Moment key="starts" atMs={token.startsAt} dateOnly absent={t('tokens.noStart')} />],
    [t('tokens.expires'), <Moment key="expires" atMs={token.expiresAt} dateOnly relative={token.expiresAt !== null} />],
    [t('tokens.pin'), pin ? <Moment key="pin" atMs={pin.setAt} /> : t('tokens.pinNone')],
    [t('tokens.assigned'), <Moment key="assigned" atMs={token.assignedAt} />],
    [t('tokens.lastUsed'), <Moment key="used" atMs={token.lastAcceptedAt} relative />],
    [t('tokens.imported'), <Moment key="imported" atMs={token.importedAt} />],
    [t('tokens.origin'), token.origin],
    [t('tokens.domain'), <DomainLink key="domain" domain={token.securityDomain} />],
  ]
  if (replaces)
    facts.push([
      t('tokens.replaces'),
      <Link key="replaces" to={`/tokens/${replaces.id}`}>
        {replaces.serial}
      </Link>,
    ])
  if (replacedBy) {
    facts.push([
      t('tokens.replacedBy'),
      <Link key="replacedBy" to={`/tokens/${replacedBy.id}`}>
        {replacedBy.serial}
      </Link>,
    ])
  }
  if (distribution) {
    facts.push([
      t('tokens.distributed'),
      <span key="distributed">
        <Moment atMs={distribution.at} /> · {t(`distribution.methods.${distribution.method}`)} ·{' '}
        {t('tokens.distributedTimes', { count: distribution.count })}
      </span>,
    ])
  }
  if (token.notes !== '') facts.push([t('tokens.notes'), token.notes])
  return (
    <Card isCompact>
      <CardTitle component="h2">{t('tokens.record')}</CardTitle>
      <CardBody>
        <Facts facts={facts} />
      </CardBody>
    </Card>
  )

  function codeText(): string {
    const interval = token.intervalSeconds > 0 ? t('tokens.everySeconds', { count: token.intervalSeconds }) : ''
    return [t('tokens.digits', { count: token.digits }), token.algorithm.toUpperCase(), interval]
      .filter(Boolean)
      .join(', ')
  }
}
