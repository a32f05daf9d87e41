import { type SealContext, type SealedColumn, seedContext, signingKeyContext } from '@driftlock/application'
import { sql } from 'kysely'
import type { Engine } from '../engine.ts'
import { bytes } from '../rows/values.ts'

interface Place {
  readonly table: 'app_devices' | 'cloud_signing_keys'
  readonly column: 'seed' | 'private_key'
  readonly context: SealContext
  readonly purpose: SealedColumn['purpose']
}

const PLACES: readonly Place[] = [
  { table: 'app_devices', column: 'seed', context: seedContext(''), purpose: 'seed' },
  { table: 'cloud_signing_keys', column: 'private_key', context: signingKeyContext(''), purpose: 'private-key' },
]

/** Every column of sealed values in a cloud's database, for the rotation of its data keys. */
export function cloudSealedColumns(engine: Pick<Engine, 'reader' | 'write'>): readonly SealedColumn[] {
  return PLACES.map((place) => sealedColumn(engine, place))
}

function sealedColumn({ reader, write }: Pick<Engine, 'reader' | 'write'>, place: Place): SealedColumn {
  const { context, purpose } = place
  const [table, column] = [sql.table(place.table), sql.ref(place.column)]
  return {
    table: context.table,
    column: context.column,
    purpose,
    place: `${place.table}.${place.column}`,
    async count() {
      const counting = sql<{ counted: number }>`SELECT COUNT(*) AS counted FROM ${table} WHERE ${column} IS NOT NULL`
      return Number((await counting.execute(reader)).rows[0]?.counted ?? 0)
    },
    async page(afterRow, limit) {
      const { rows } = await sql<{ id: string; sealed: Uint8Array }>`
        SELECT id, ${column} AS sealed FROM ${table} WHERE id > ${afterRow} AND ${column} IS NOT NULL
        ORDER BY id LIMIT ${limit}`.execute(reader)
      return rows.map(({ id, sealed }) => ({ row: id, sealed: bytes(sealed) }))
    },
    async replace(changes) {
      await write(async (queries) => {
        for (const { row, previous, sealed } of changes)
          await sql`UPDATE ${table} SET ${column} = ${sealed} WHERE id = ${row} AND ${column} = ${previous}`.execute(
            queries,
          )
      })
    },
  }
}
