import { type Agent, agentEndpoints } from '@driftlock/contracts'
import { Moment, QueryView, useApiQuery } from '@driftlock/ui-kit'
import { useTranslation } from 'react-i18next'
import { DetailsDialog } from '../dialogs/details-dialog.tsx'
import { Facts } from '../facts/facts.tsx'
import { DomainLink } from '../links/domain-link.tsx'
import { EnabledLabel } from './enabled-label.tsx'
import { LogOnsThrough } from './log-ons-through.tsx'

/** Everything about an agent, and the way to what came through it. */
export function AgentDetailsDialog({ agentId, onClose }: { agentId: string; onClose: () => void }) {
  const { t } = useTranslation()
  const agent = useApiQuery(agentEndpoints.getAgent, { params: { agentId } })
  return (
    <DetailsDialog title={agent.data?.name ?? t('agents.details')} onClose={onClose}>
      <QueryView query={agent}>{(shown) => <AgentFacts agent={shown} />}</QueryView>
    </DetailsDialog>
  )
}

function AgentFacts({ agent }: { agent: Agent }) {
  const { t } = useTranslation()
  return (
    <>
      <Facts
        facts={[
          [t('agents.kind'), agent.kind],
          [t('agents.addresses'), agent.addresses.join(', ') || t('agents.anyAddress')],
          [t('agents.state'), <EnabledLabel key="state" isEnabled={agent.enabled} />],
          [t('agents.lastSeen'), <Moment key="seen" atMs={agent.lastSeenAt} relative />],
          [t('agents.created'), <Moment key="created" atMs={agent.createdAt} />],
          [t('agents.domain'), <DomainLink key="domain" domain={agent.securityDomain} />],
          [t('agents.notes'), agent.notes || t('facts.none')],
        ]}
      />
      <LogOnsThrough name={agent.name} />
    </>
  )
}
