import { type RadiusClient, radiusClientEndpoints } from '@driftlock/contracts'
import { type Column, Moment, PagedTable, PageFrame, useApiQuery, useConfirm, usePageCursor } from '@driftlock/ui-kit'
import { Button } from '@patternfly/react-core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../acts/use-act.ts'
import { SearchText } from '../search/search-text.tsx'
import { useSearchFields } from '../search/use-search-fields.ts'
import { useMay } from '../session/session-context.ts'
import { StatusLabel } from '../conditions/condition-label.tsx'
import { EnabledLabel } from './agents-page.tsx'
import { MessageAuthenticatorText } from './message-authenticator-text.tsx'
import { RadiusClientDialog } from './radius-client-dialog.tsx'
import { RadiusDetailsDialog } from './radius-details-dialog.tsx'
import { RadiusProfileDialog } from './radius-profile-dialog.tsx'
import { RadiusTestDialog } from './radius-test-dialog.tsx'
import { UnknownRadiusClients } from './unknown-radius-clients.tsx'
import { useRadiusActivity } from './use-radius-activity.ts'

/** RADIUS > Clients, with a test button each. */
export function RadiusClientsPage() {
  const { t } = useTranslation()
  const may = useMay()
  const cursor = usePageCursor()
  const search = useSearchFields(['text'])
  const query = useApiQuery(
    radiusClientEndpoints.listRadiusClients,
    { query: { ...search.values, ...(cursor.after !== undefined && { after: cursor.after }) } },
    { keepPrevious: true },
  )
  const [editing, setEditing] = useState<{ client?: RadiusClient }>()
  const [testing, setTesting] = useState<RadiusClient>()
  const [detailed, setDetailed] = useState<RadiusClient>()
  const [worded, setWorded] = useState<RadiusClient>()
  const activity = useRadiusActivity()
  const remove = useRemoveClient()
  const columns: readonly Column<RadiusClient>[] = [
    { id: 'name', title: t('radius.name'), fixed: true, cell: (client) => client.name },
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
      cell: (client) => (
        <>
          <Moment atMs={client.lastSeenAt} />{' '}
          {activity.suspects.has(client.id) && (
            <StatusLabel status="danger">{t('radius.wrongSecretSuspected')}</StatusLabel>
          )}
        </>
      ),
    },
    {
      id: 'test',
      title: t('radius.test'),
      fixed: true,
      cell: (client) => (
        <Button
          variant="secondary"
          size="sm"
          aria-label={t('radius.testOf', { name: client.name })}
          onClick={() => setTesting(client)}
        >
          {t('radius.test')}
        </Button>
      ),
    },
    { id: 'domain', title: t('agents.domain'), hidden: true, cell: (client) => client.securityDomain.path },
  ]
  return (
    <PageFrame
      title={t('menu.radiusClients')}
      actions={may('create-radius-client') && <Button onClick={() => setEditing({})}>{t('radius.create')}</Button>}
    >
      <PagedTable<RadiusClient>
        label={t('menu.radiusClients')}
        name="radius-clients"
        columns={columns}
        query={query}
        cursor={cursor}
        keyOf={(client) => client.id}
        nameOf={(client) => client.name}
        search={
          <SearchText
            label={t('radius.searchText')}
            value={search.values.text ?? ''}
            onSearch={(text) => search.set({ text })}
          />
        }
        rowActions={(client) => [
          { title: t('radius.details'), onChoose: () => setDetailed(client) },
          ...(may('update-radius-client')
            ? [
                { title: t('radius.edit'), onChoose: () => setEditing({ client }) },
                { title: t('radius.profile'), onChoose: () => setWorded(client) },
              ]
            : []),
          ...(may('delete-radius-client')
            ? [{ title: t('radius.delete'), isDanger: true, onChoose: () => void remove(client) }]
            : []),
        ]}
      />
      {editing && <RadiusClientDialog {...editing} onClose={() => setEditing(undefined)} />}
      {testing && <RadiusTestDialog client={testing} onClose={() => setTesting(undefined)} />}
      {worded && <RadiusProfileDialog client={worded} onClose={() => setWorded(undefined)} />}
      {detailed && (
        <RadiusDetailsDialog
          client={detailed}
          activity={activity.of(detailed.id)}
          onClose={() => setDetailed(undefined)}
        />
      )}
      <UnknownRadiusClients activity={activity} />
    </PageFrame>
  )
}

function useRemoveClient() {
  const { t } = useTranslation()
  const act = useAct()
  const confirm = useConfirm()
  return async ({ id, name, version }: RadiusClient) => {
    const title = t('radius.deleteQuestion', { name })
    if (!(await confirm({ title, body: t('radius.deleteMeaning'), confirmLabel: t('radius.delete'), danger: true })))
      return
    const input = { params: { radiusClientId: id }, etag: `"${version}"` }
    await act(radiusClientEndpoints.deleteRadiusClient, input, { done: t('radius.deleted', { name }) })
  }
}
