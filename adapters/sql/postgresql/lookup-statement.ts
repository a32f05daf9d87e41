import type { LookupAnswer, StoredToken } from '@driftlock/application'
import type { User } from '@driftlock/domain'
import { type HotTokenRow, hotTokenColumns, storedTokenOf } from '../rows/token-row.ts'
import { type HotUserRow, hotUserColumns, userOf } from '../rows/user-row.ts'
import type { Lane } from './lane.ts'

const LOOKUP = {
  name: 'lookup',
  text: `SELECT s.config_version, f.* FROM store_state s LEFT JOIN (
    SELECT a.place, ${hotUserColumns('u', 'u_')}, ${hotTokenColumns('t', 't_')}
    FROM unnest($1::text[]) WITH ORDINALITY AS a (name, place)
    JOIN login_names n ON n.name = a.name JOIN users u ON u.id = n.user_id LEFT JOIN tokens t ON t.user_id = u.id
  ) f ON true ORDER BY f.place, f.t_serial`,
}

interface FoundSubject {
  readonly user: User
  readonly tokens: StoredToken[]
}

type FoundRow = Record<string, unknown> & { readonly config_version: number; readonly place: number | null }

/** The columns of `row` whose names begin with `prefix`, without it. */
function part(row: FoundRow, prefix: string): Record<string, unknown> {
  const found: Record<string, unknown> = {}
  for (const key in row) if (key.startsWith(prefix)) found[key.slice(prefix.length)] = row[key]
  return found
}

export async function lookup(lane: Lane, names: readonly string[]): Promise<LookupAnswer> {
  const rows = await lane.query<FoundRow>(LOOKUP, [names])
  const subjects = names.map((): FoundSubject | undefined => undefined)
  for (const row of rows) {
    if (row.place === null) continue
    // select lists of HotUserRow and HotTokenRow, prefixed
    subjects[row.place - 1] ??= { user: userOf(part(row, 'u_') as unknown as HotUserRow), tokens: [] }
    if (row['t_id'] !== null) {
      // the other select list
      subjects[row.place - 1]?.tokens.push(storedTokenOf(part(row, 't_') as unknown as HotTokenRow))
    }
  }
  return { configVersion: rows[0]?.config_version ?? 0, subjects }
}
