import type { UserDetails } from '@driftlock/contracts'
import { Moment } from '@driftlock/ui-kit'
import { Card, CardBody, CardTitle } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { type Fact, Facts } from '../../facts/facts.tsx'
import { DomainLink } from '../../links/domain-link.tsx'

/** Who the user is, and how the lockout stands. */
export function UserFacts({ user }: { user: UserDetails }) {
  const { t } = useTranslation()
  const { lock } = user
  const facts: Fact[] = [
    [t('users.userId'), user.username],
    [t('users.aliases'), user.aliases.join(', ') || t('facts.none')],
    [t('users.email'), user.email || t('facts.none')],
    [t('users.phone'), user.phone || t('facts.none')],
    [t('users.domain'), <DomainLink key="domain" domain={user.securityDomain} />],
    [t('users.failures'), t('users.failuresOf', { count: lock.consecutiveFailures, max: lock.maxFailures })],
  ]
  if (lock.locked) facts.push([t('users.lockedSince'), <Moment key="locked" atMs={lock.lockedAt} relative />])
  if (lock.unlocksAt !== null)
    facts.push([t('users.unlocksAt'), <Moment key="unlocks" atMs={lock.unlocksAt} relative />])
  if (lock.pausedUntil !== null) facts.push([t('users.pausedUntil'), <Moment key="paused" atMs={lock.pausedUntil} />])
  if (user.expiresAt !== null) facts.push([t('users.expires'), <Moment key="expires" atMs={user.expiresAt} relative />])
  if (user.notes !== '') facts.push([t('users.notes'), user.notes])
  return (
    <Card isCompact>
      <CardTitle component="h2">{t('users.facts')}</CardTitle>
      <CardBody>
        <Facts facts={facts} />
        {user.isAdministrator && (
          <p>
            <Link to={`/administrators/${user.id}`}>{t('users.isAdministrator')}</Link>
          </p>
        )}
      </CardBody>
    </Card>
  )
}
