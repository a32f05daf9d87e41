import type { ActivityRecord } from '@driftlock/contracts'
import { Link } from 'react-router'
import { useMay } from '../session/session-context.ts'

interface WhereLinkProps {
  record: Pick<ActivityRecord, 'agent' | 'clientAddress' | 'actor'>
}

/** The consoles log people on as agents that nobody registered: no list has them. */
const consoles: ReadonlySet<string> = new Set(['security-console', 'self-service-console'])

/** Through what something was done: an agent or a RADIUS client by its name, and the address behind it. */
export function WhereLink({ record: { agent, clientAddress, actor } }: WhereLinkProps) {
  const place = usePlaceOf(actor)
  const name = agent !== null && place ? <Link to={place}>{agent}</Link> : agent
  return (
    <>
      {name}
      {agent !== null && clientAddress !== null && ' · '}
      {clientAddress}
    </>
  )
}

/** Where an agent or a RADIUS client is shown in full. */
function usePlaceOf({ type, id }: ActivityRecord['actor']): string | undefined {
  const may = useMay()
  if (type === 'radius-client' && may('view-radius-clients')) return `/radius-clients?show=${id}`
  if (type === 'agent' && !consoles.has(id) && may('view-agents')) return `/agents?show=${id}`
  return undefined
}
