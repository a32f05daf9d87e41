import type { RadiusClient } from '@driftlock/contracts'
import { type Column, Moment } from '@driftlock/ui-kit'
import { Button } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { StatusLabel } from '../conditions/condition-label.tsx'
import { DomainLink } from '../links/domain-link.tsx'
import type { Shown } from '../lists/use-shown.ts'
import { EnabledLabel } from './enabled-label.tsx'
import { MessageAuthenticatorText } from './message-authenticator-text.tsx'
import type { RadiusActivity } from './use-radius-activity.ts'

interface ColumnOptions {
  readonly activity: RadiusActivity
  readonly shown: Shown
  readonly onTest: (client: RadiusClient) => void
}

/** The columns the list of RADIUS clients can show. */
export function useRadiusClientColumns({ activity, shown, onTest }: ColumnOptions): readonly Column<RadiusClient>[] {
  const { t } = useTranslation()
  return [
    {
      id: 'name',
      title: t('radius.name'),
      fixed: true,
      cell: ({ id, name }) => <Link to={shown.toShow(id)}>{name}</Link>,
    },
    { id: 'network', title: t('radius.network'), cell: (client) => client.network },
    { id: 'transport', title: t('radius.transport'), cell: (client) => client.transport.toUpperCase() },
    { id: 'state', title: t('agents.state'), cell: (client) => <EnabledLabel isEnabled={client.enabled} /> },
    {
      id: 'message-authenticator',
      title: 'Message-Authenticator',
      cell: (client) => <MessageAuthenticatorText client={client} />,
    },
    {
      id: 'seen',
      title: t('agents.lastSeen'),
      cell: (client) => <LastSeen client={client} isSuspect={activity.suspects.has(client.id)} />,
    },
    { id: 'test', title: t('radius.test'), fixed: true, cell: (client) => <TestButton {...{ client, onTest }} /> },
    {
      id: 'domain',
      title: t('agents.domain'),
      hidden: true,
      cell: (client) => <DomainLink domain={client.securityDomain} />,
    },
  ]
}

function LastSeen({ client, isSuspect }: { client: RadiusClient; isSuspect: boolean }) {
  const { t } = useTranslation()
  return (
    <>
      <Moment atMs={client.lastSeenAt} />{' '}
      {isSuspect && <StatusLabel status="danger">{t('radius.wrongSecretSuspected')}</StatusLabel>}
    </>
  )
}

function TestButton({ client, onTest }: Pick<ColumnOptions, 'onTest'> & { client: RadiusClient }) {
  const { t } = useTranslation()
  return (
    <Button
      variant="secondary"
      size="sm"
      aria-label={t('radius.testOf', { name: client.name })}
      onClick={() => onTest(client)}
    >
      {t('radius.test')}
    </Button>
  )
}
