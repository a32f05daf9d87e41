import type { SharedAnswers } from '@driftlock/application'
import { type UnixMs, unixMs } from '@driftlock/domain'
import { type RawBuilder, sql } from 'kysely'
import type { Engine } from '../engine.ts'
import { Batcher } from '../hot/batcher.ts'
import { bytes } from '../rows/values.ts'
import { inOneOrder, withoutWaiting } from './shared-statement.ts'

const SHARING = {
  limit: 256,
  keysOf: ({ id }: { readonly id: string }) => [id],
  isWorthSplitting: () => false,
}
/** `version` of a row: taken up, or answered. */
const TAKEN = 0
const ANSWERED = 1

interface Claim {
  readonly id: string
  readonly expiresAt: UnixMs
}

interface Remembered {
  readonly id: string
  readonly answer: Uint8Array
}

/**
 * Short memory of answered requests in the table of attempts. Calls that arrive together share one statement. On PostgreSQL
 * each statement turns `synchronous_commit` off for itself alone, so it costs a round trip and no fsync: a row that a crash
 * of the database takes away was a request whose sender has given up by the time the database is back.
 */
export function sharedAnswers(engine: Engine): SharedAnswers {
  const { reader, kind, translate } = engine
  const run = async (statement: RawBuilder<{ id: string }>): Promise<readonly { readonly id: string }[]> => {
    try {
      if (kind === 'postgresql') return (await statement.execute(reader)).rows
      return await engine.write(async (queries) => (await statement.execute(queries)).rows)
    } catch (error) {
      throw translate(error)
    }
  }
  const claims = new Batcher<Claim, boolean>({ ...SHARING, run: claimAll })
  const memories = new Batcher<Remembered, void>({ ...SHARING, run: rememberAll })

  async function claimAll(calls: readonly Claim[]): Promise<readonly boolean[]> {
    const won = new Set((await run(claimStatement(kind, inOneOrder(calls)))).map(({ id }) => id))
    return calls.map(({ id }) => won.has(id))
  }

  async function rememberAll(calls: readonly Remembered[]): Promise<readonly void[]> {
    await run(rememberStatement(kind, inOneOrder(calls)))
    return calls.map(() => undefined)
  }

  return {
    claim: (id, expiresAt) => claims.add({ id, expiresAt }),
    remember: (id, answer) => memories.add({ id, answer }),
    async find(id, now) {
      const query = reader.selectFrom('attempts').select('state').where('id', '=', id).where('expires_at', '>', now)
      const row = await query.where('version', '=', ANSWERED).executeTakeFirst()
      return row && bytes(row.state)
    },
    forget: async (id) => void (await run(sql`DELETE FROM attempts WHERE id = ${id} RETURNING id`)),
    removeExpiredBefore: async (instant) =>
      (await run(sql`DELETE FROM attempts WHERE expires_at < ${unixMs(instant)} RETURNING id`)).length,
  }
}

type Statement = RawBuilder<{ id: string }>

function claimStatement(kind: Engine['kind'], claims: readonly Claim[]): Statement {
  if (kind === 'sqlite') {
    const rows = sql.join(claims.map(({ id, expiresAt }) => sql`(${id}, x'', ${expiresAt}, ${sql.lit(TAKEN)})`))
    return sql`INSERT INTO attempts (id, state, expires_at, version) VALUES ${rows} ON CONFLICT DO NOTHING RETURNING id`
  }
  // Lists as one value each: the text is the same whatever their length, and quickly made.
  const ids = claims.map(({ id }) => id)
  const ends = claims.map(({ expiresAt }) => expiresAt)
  return sql`INSERT INTO attempts (id, state, expires_at, version)
    SELECT called.id, ''::bytea, called.expires_at, ${sql.lit(TAKEN)}
    FROM unnest(${ids}::text[], ${ends}::bigint[]) AS called (id, expires_at), ${withoutWaiting()}
    ON CONFLICT DO NOTHING RETURNING id`
}

function rememberStatement(kind: Engine['kind'], memories: readonly Remembered[]): Statement {
  if (kind === 'sqlite') {
    const rows = sql.join(memories.map(({ id, answer }) => sql`(${id}, ${answer})`))
    return sql`WITH called (id, state) AS (VALUES ${rows})
      UPDATE attempts SET version = ${sql.lit(ANSWERED)}, state = called.state
      FROM called WHERE called.id = attempts.id RETURNING attempts.id AS id`
  }
  const ids = memories.map(({ id }) => id)
  const answers = memories.map(({ answer }) => Buffer.from(answer.buffer, answer.byteOffset, answer.byteLength))
  return sql`UPDATE attempts SET version = ${sql.lit(ANSWERED)}, state = called.state
    FROM unnest(${ids}::text[], ${answers}::bytea[]) AS called (id, state), ${withoutWaiting()}
    AND called.id = attempts.id RETURNING attempts.id AS id`
}
