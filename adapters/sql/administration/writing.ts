import { StoreError } from '@driftlock/application'
import type { Queries } from '../engine.ts'

/** @throws StoreError `STALE_VERSION` unless exactly the row that was read has been written. */
export function expectWritten(result: { readonly numUpdatedRows: bigint }, entity: string, id: string): void {
  if (result.numUpdatedRows === 1n) return
  throw new StoreError('STALE_VERSION', `The ${entity} was changed or deleted since it was read. Read it again.`, {
    facts: { entity, id },
  })
}

/** @throws StoreError `NOT_FOUND`. */
export function expectDeleted(result: { readonly numDeletedRows: bigint }, entity: string, id: string): void {
  if (result.numDeletedRows > 0n) return
  throw new StoreError('NOT_FOUND', `There is no such ${entity}.`, { facts: { entity, id } })
}

/** Tells every instance, with its next login, that what it keeps of the configuration is out of date. */
export async function raiseConfigVersion(queries: Queries): Promise<void> {
  await queries
    .updateTable('store_state')
    .set((column) => ({ config_version: column('config_version', '+', 1) }))
    .execute()
}
