import type { LookupAnswer } from '@driftlock/application'
import { type HotTokenRow, hotTokenColumns, hotTokenRow } from '../rows/hot-token-row.ts'
import { HOT_USER_ROW, type HotUserRow, hotUserColumns, hotUserRow } from '../rows/hot-user-row.ts'
import { storedTokensOf } from '../rows/token-row.ts'
import { userOf } from '../rows/user-row.ts'
import type { Lane } from './lane.ts'

const LOOKUP = {
  name: 'lookup',
  text: `SELECT s.config_version, f.* FROM store_state s LEFT JOIN (
    SELECT a.place, ${hotUserColumns('u')}, ${hotTokenColumns('t')}
    FROM unnest($1::text[]) WITH ORDINALITY AS a (name, place)
    JOIN login_names n ON n.name = a.name JOIN users u ON u.id = n.user_id LEFT JOIN tokens t ON t.user_id = u.id
  ) f ON true`,
}
const USER_AT = 2
const TOKEN_AT = USER_AT + HOT_USER_ROW.length

type FoundRow = readonly [configVersion: number, place: number | null, ...columns: unknown[]]

interface FoundSubject {
  readonly user: HotUserRow
  readonly tokens: HotTokenRow[]
}

export async function lookup(lane: Lane, names: readonly string[]): Promise<LookupAnswer> {
  const rows = await lane.queryArrays<FoundRow>(LOOKUP, [names])
  const found = names.map((): FoundSubject | undefined => undefined)
  for (const row of rows) {
    const place = row[1]
    if (place === null) continue
    found[place - 1] ??= { user: hotUserRow(row, USER_AT), tokens: [] }
    if (row[TOKEN_AT] !== null) found[place - 1]?.tokens.push(hotTokenRow(row, TOKEN_AT))
  }
  const subjects = found.map(
    (subject) => subject && { user: userOf(subject.user), tokens: storedTokensOf(subject.tokens) },
  )
  return { configVersion: rows[0]?.[0] ?? 0, subjects }
}
