import type { ActivityRecord } from '@driftlock/contracts'
import { Link } from 'react-router'

const people: ReadonlySet<string> = new Set(['administrator', 'user'])

/** Who did something: a person leads to their dashboard; agents and the system itself have none. */
export function ActorLink({ actor: { type, id, name } }: Pick<ActivityRecord, 'actor'>) {
  return people.has(type) && id !== '' ? <Link to={`/users/${id}`}>{name}</Link> : name
}
