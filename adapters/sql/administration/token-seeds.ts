import { type SeedChange, StoreError } from '@driftlock/application'
import type { Queries } from '../engine.ts'
import type { TokenColumns } from '../schema/tables.ts'

type SeedColumns = Partial<Pick<TokenColumns, 'seed' | 'pending_seed' | 'seed_fingerprint'>>

async function voidSeed(
  queries: Queries,
  token_id: string,
  voided: { readonly seed: Uint8Array; readonly voided_at: number },
) {
  await queries
    .insertInto('voided_seeds')
    .values({ token_id, ...voided })
    .execute()
}

async function stored(queries: Queries, tokenId: string) {
  const row = await queries
    .selectFrom('tokens')
    .select(['seed', 'pending_seed'])
    .where('id', '=', tokenId)
    .executeTakeFirst()
  if (row === undefined)
    throw new StoreError('NOT_FOUND', 'There is no such token.', { facts: { entity: 'token', id: tokenId } })
  return row
}

async function pendingOf(queries: Queries, tokenId: string) {
  const row = await stored(queries, tokenId)
  if (row.pending_seed !== null) return { seed: row.seed, pending: row.pending_seed }
  throw new StoreError('INVALID_VALUE', 'The token has no redistributed seed that waits for its first use.', {
    facts: { field: 'seeds', tokenId },
  })
}

/** Moves seeds that lose their validity to the voided ones. @returns the columns the token gets. */
export async function changedSeeds(queries: Queries, tokenId: string, change: SeedChange): Promise<SeedColumns> {
  switch (change.type) {
    case 'set-pending': {
      const { pending_seed: earlier } = await stored(queries, tokenId)
      if (earlier !== null) await voidSeed(queries, tokenId, { seed: earlier, voided_at: change.at })
      return { pending_seed: change.seed }
    }
    case 'drop-pending': {
      const { pending } = await pendingOf(queries, tokenId)
      await voidSeed(queries, tokenId, { seed: pending, voided_at: change.at })
      return { pending_seed: null }
    }
    case 'promote-pending': {
      const { seed, pending } = await pendingOf(queries, tokenId)
      await voidSeed(queries, tokenId, { seed, voided_at: change.at })
      return { seed: pending, pending_seed: null, seed_fingerprint: null }
    }
    case 'reseal': {
      const { seed, pendingSeed, voidedSeeds } = change.seeds
      await queries.deleteFrom('voided_seeds').where('token_id', '=', tokenId).execute()
      for (const voided of voidedSeeds)
        await voidSeed(queries, tokenId, { seed: voided.seed, voided_at: voided.voidedAt })
      return { seed, pending_seed: pendingSeed ?? null }
    }
  }
}
