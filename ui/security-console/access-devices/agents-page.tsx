import { type Agent, agentEndpoints } from '@driftlock/contracts'
import { type Column, Moment, PagedTable, PageFrame, useApiQuery, useConfirm, usePageCursor } from '@driftlock/ui-kit'
import { Button } from '@patternfly/react-core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../acts/use-act.ts'
import { StatusLabel } from '../conditions/condition-label.tsx'
import { SearchText } from '../search/search-text.tsx'
import { useSearchFields } from '../search/use-search-fields.ts'
import { useMay } from '../session/session-context.ts'
import { AgentDialog } from './agent-dialog.tsx'
import { ClientKeyDialog } from './client-key-dialog.tsx'

/** Access > Authentication Agents. */
export function AgentsPage() {
  const { t } = useTranslation()
  const may = useMay()
  const cursor = usePageCursor()
  const search = useSearchFields(['text'])
  const query = useApiQuery(
    agentEndpoints.listAgents,
    { query: { ...search.values, ...(cursor.after !== undefined && { after: cursor.after }) } },
    { keepPrevious: true },
  )
  const [editing, setEditing] = useState<{ agent?: Agent }>()
  const [clientKey, setClientKey] = useState<string>()
  const acts = useAgentActs(setClientKey)
  const columns: readonly Column<Agent>[] = [
    { id: 'name', title: t('agents.name'), fixed: true, cell: (agent) => agent.name },
    { id: 'kind', title: t('agents.kind'), cell: (agent) => agent.kind },
    { id: 'addresses', title: t('agents.addresses'), cell: (agent) => agent.addresses.join(', ') },
    { id: 'state', title: t('agents.state'), cell: (agent) => <EnabledLabel isEnabled={agent.enabled} /> },
    {
      id: 'seen',
      title: t('agents.lastSeen'),
      cell: (agent) => <Moment atMs={agent.lastSeenAt} relative={agent.lastSeenAt !== null} />,
    },
    { id: 'domain', title: t('agents.domain'), cell: (agent) => agent.securityDomain.path },
  ]
  return (
    <PageFrame
      title={t('menu.agents')}
      actions={may('create-agent') && <Button onClick={() => setEditing({})}>{t('agents.create')}</Button>}
    >
      <PagedTable<Agent>
        label={t('menu.agents')}
        name="agents"
        columns={columns}
        query={query}
        cursor={cursor}
        keyOf={(agent) => agent.id}
        nameOf={(agent) => agent.name}
        search={
          <SearchText
            label={t('agents.searchText')}
            value={search.values.text ?? ''}
            onSearch={(text) => search.set({ text })}
          />
        }
        rowActions={(agent) => [
          ...(may('update-agent')
            ? [
                { title: t('agents.edit'), onChoose: () => setEditing({ agent }) },
                { title: t('agents.renew'), onChoose: () => void acts.renew(agent) },
              ]
            : []),
          ...(may('delete-agent')
            ? [{ title: t('agents.delete'), isDanger: true, onChoose: () => void acts.remove(agent) }]
            : []),
        ]}
      />
      {editing && <AgentDialog {...editing} onClose={() => setEditing(undefined)} onKey={setClientKey} />}
      {clientKey !== undefined && <ClientKeyDialog clientKey={clientKey} onClose={() => setClientKey(undefined)} />}
    </PageFrame>
  )
}

export function EnabledLabel({ isEnabled }: { isEnabled: boolean }) {
  const { t } = useTranslation()
  return (
    <StatusLabel status={isEnabled ? 'success' : 'danger'}>
      {t(isEnabled ? 'agents.enabled' : 'agents.disabled')}
    </StatusLabel>
  )
}

function useAgentActs(onKey: (clientKey: string) => void) {
  const { t } = useTranslation()
  const act = useAct()
  const confirm = useConfirm()
  return {
    renew: async ({ id, name }: Agent) => {
      const title = t('agents.renewQuestion', { name })
      if (!(await confirm({ title, body: t('agents.renewMeaning'), confirmLabel: t('agents.renew'), danger: true })))
        return
      const answer = await act(agentEndpoints.renewAgentKey, { params: { agentId: id } })
      if (answer) onKey(answer.clientKey)
    },
    remove: async ({ id, name, version }: Agent) => {
      const title = t('agents.deleteQuestion', { name })
      if (!(await confirm({ title, body: t('agents.deleteMeaning'), confirmLabel: t('agents.delete'), danger: true })))
        return
      const input = { params: { agentId: id }, etag: `"${version}"` }
      await act(agentEndpoints.deleteAgent, input, { done: t('agents.deleted', { name }) })
    },
  }
}
