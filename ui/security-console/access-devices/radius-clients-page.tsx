import { type RadiusClient, radiusClientEndpoints } from '@driftlock/contracts'
import { type Column, Moment, PagedTable, PageFrame, useApiQuery, useConfirm, usePageCursor } from '@driftlock/ui-kit'
import { Button } from '@patternfly/react-core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../acts/use-act.ts'
import { SearchText } from '../search/search-text.tsx'
import { useSearchFields } from '../search/use-search-fields.ts'
import { useMay } from '../session/session-context.ts'
import { EnabledLabel } from './agents-page.tsx'
import { RadiusClientDialog } from './radius-client-dialog.tsx'
import { RadiusTestDialog } from './radius-test-dialog.tsx'

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
  const remove = useRemoveClient()
  const columns: readonly Column<RadiusClient>[] = [
    { id: 'name', title: t('radius.name'), fixed: true, cell: (client) => client.name },
    { id: 'network', title: t('radius.network'), cell: (client) => client.network },
    { id: 'transport', title: t('radius.transport'), cell: (client) => client.transport.toUpperCase() },
    { id: 'state', title: t('agents.state'), cell: (client) => <EnabledLabel isEnabled={client.enabled} /> },
    { id: 'seen', title: t('agents.lastSeen'), cell: (client) => <Moment atMs={client.lastSeenAt} /> },
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
          ...(may('update-radius-client') ? [{ title: t('radius.edit'), onChoose: () => setEditing({ client }) }] : []),
          ...(may('delete-radius-client')
            ? [{ title: t('radius.delete'), isDanger: true, onChoose: () => void remove(client) }]
            : []),
        ]}
      />
      {editing && <RadiusClientDialog {...editing} onClose={() => setEditing(undefined)} />}
      {testing && <RadiusTestDialog client={testing} onClose={() => setTesting(undefined)} />}
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
