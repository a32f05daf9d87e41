import type { KeyPurpose, KeyStore, WrappedKey } from '@driftlock/application'
import { translating } from '../administration/translating.ts'
import type { Engine, Queries } from '../engine.ts'
import { bytes, instant } from '../rows/values.ts'
import type { Tables } from '../schema/tables.ts'

function keyOf(row: Tables['data_keys']): WrappedKey {
  return {
    id: row.id,
    purpose: row.purpose as KeyPurpose, // written by `insert`
    generation: row.generation,
    createdAt: instant(row.created_at),
    activeFrom: instant(row.active_from),
    masterKeyId: row.master_key_id,
    wrapped: bytes(row.wrapped),
    publicKey: row.public_key && bytes(row.public_key),
  }
}

async function keysIn(queries: Queries): Promise<readonly WrappedKey[]> {
  const rows = await queries.selectFrom('data_keys').selectAll().orderBy('purpose').orderBy('generation').execute()
  return rows.map(keyOf)
}

/** The wrapped data keys beside what they seal; without the master key they open nothing. */
export function sqlKeyStore({ reader, write, translate }: Engine): KeyStore {
  const store: KeyStore = {
    list: () => keysIn(reader),
    async insert(key) {
      const inserted = await write((queries) =>
        queries
          .insertInto('data_keys')
          .values({
            id: key.id,
            purpose: key.purpose,
            generation: key.generation,
            created_at: key.createdAt,
            active_from: key.activeFrom,
            master_key_id: key.masterKeyId,
            wrapped: key.wrapped,
            public_key: key.publicKey,
          })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst(),
      )
      return inserted.numInsertedOrUpdatedRows === 1n
    },
    rewrap: (keys) =>
      write(async (queries) => {
        const stored = new Map((await keysIn(queries)).map(({ id, masterKeyId }) => [id, masterKeyId]))
        const same = stored.size === keys.length && keys.every((key) => stored.get(key.id) === key.previousMasterKeyId)
        if (!same) return false
        for (const { id, masterKeyId, wrapped } of keys) {
          await queries
            .updateTable('data_keys')
            .set({ master_key_id: masterKeyId, wrapped })
            .where('id', '=', id)
            .execute()
        }
        return true
      }),
  }
  return translating(store, translate)
}
