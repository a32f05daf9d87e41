import { type Agent, agentEndpoints } from '@driftlock/contracts'
import { type Column, Moment, type RowAction } from '@driftlock/ui-kit'
import { Button } from '@patternfly/react-core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { DomainLink } from '../links/domain-link.tsx'
import { ListPage } from '../lists/list-page.tsx'
import { useList } from '../lists/use-list.ts'
import { type Shown, useShown } from '../lists/use-shown.ts'
import { useMay } from '../session/session-context.ts'
import { AgentDetailsDialog } from './agent-details-dialog.tsx'
import { AgentDialog } from './agent-dialog.tsx'
import { ClientKeyDialog } from './client-key-dialog.tsx'
import { EnabledLabel } from './enabled-label.tsx'
import { useAgentActs } from './use-agent-acts.ts'

/** Access > Authentication Agents. */
export function AgentsPage() {
  const { t } = useTranslation()
  const may = useMay()
  const list = useList(agentEndpoints.listAgents, { fields: ['text'] })
  const shown = useShown()
  const [editing, setEditing] = useState<{ agent?: Agent }>()
  const [clientKey, setClientKey] = useState<string>()
  const acts = useAgentActs(setClientKey)
  const edit: RowAction<Agent> = { title: t('agents.edit'), onChoose: (agent) => setEditing({ agent }) }
  const renew: RowAction<Agent> = { title: t('agents.renew'), onChoose: (agent) => void acts.renew(agent) }
  const remove = { title: t('agents.delete'), isDanger: true, onChoose: (agent: Agent) => void acts.remove(agent) }
  return (
    <ListPage<Agent>
      title={t('menu.agents')}
      actions={may('create-agent') && <Button onClick={() => setEditing({})}>{t('agents.create')}</Button>}
      name="agents"
      list={list}
      searchBy={{ text: t('agents.searchText') }}
      columns={useAgentColumns(shown)}
      nameOf={(agent) => agent.name}
      rowActions={() => [...(may('update-agent') ? [edit, renew] : []), ...(may('delete-agent') ? [remove] : [])]}
      nothingYet={{ title: t('agents.none'), body: t('agents.noneBody') }}
    >
      {shown.id !== undefined && <AgentDetailsDialog agentId={shown.id} onClose={shown.close} />}
      {editing && <AgentDialog {...editing} onClose={() => setEditing(undefined)} onKey={setClientKey} />}
      {clientKey !== undefined && <ClientKeyDialog clientKey={clientKey} onClose={() => setClientKey(undefined)} />}
    </ListPage>
  )
}

function useAgentColumns(shown: Shown): readonly Column<Agent>[] {
  const { t } = useTranslation()
  return [
    {
      id: 'name',
      title: t('agents.name'),
      fixed: true,
      cell: ({ id, name }) => <Link to={shown.toShow(id)}>{name}</Link>,
    },
    { id: 'kind', title: t('agents.kind'), cell: (agent) => agent.kind },
    { id: 'addresses', title: t('agents.addresses'), cell: (agent) => agent.addresses.join(', ') },
    { id: 'state', title: t('agents.state'), cell: (agent) => <EnabledLabel isEnabled={agent.enabled} /> },
    { id: 'seen', title: t('agents.lastSeen'), cell: (agent) => <Moment atMs={agent.lastSeenAt} relative /> },
    { id: 'domain', title: t('agents.domain'), cell: (agent) => <DomainLink domain={agent.securityDomain} /> },
  ]
}
