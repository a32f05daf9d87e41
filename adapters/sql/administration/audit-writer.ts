import { type AuditChain, type ChainHead, emptyChain } from '@driftlock/application'
import type { AuditEntry } from '@driftlock/domain'
import type { Queries } from '../engine.ts'
import { chainedRow } from '../rows/audit-row.ts'
import { bytes } from '../rows/values.ts'
import type { EngineKind } from '../schema/column-types.ts'

/** The head of the chain, held until the end of the transaction, so that nobody else links behind it. */
async function lockedHead(queries: Queries, chainId: string, kind: EngineKind): Promise<ChainHead> {
  const empty = emptyChain(chainId)
  await queries
    .insertInto('audit_chains')
    .values({ chain_id: chainId, sequence: empty.sequence, mac: empty.mac, epoch: 0 })
    .onConflict((conflict) => conflict.column('chain_id').doNothing())
    .execute()
  const head = queries.selectFrom('audit_chains').select(['sequence', 'mac']).where('chain_id', '=', chainId)
  // A SQLite transaction is the only writer there is.
  const row = await (kind === 'postgresql' ? head.forUpdate() : head).executeTakeFirstOrThrow()
  return { chainId, sequence: row.sequence, mac: bytes(row.mac) }
}

/** Writes the entries of a unit of work behind the head of the chain: the last thing before the commit. */
export async function writeAudit(
  queries: Queries,
  entries: readonly AuditEntry[],
  { chain, kind }: { readonly chain: AuditChain; readonly kind: EngineKind },
): Promise<void> {
  if (entries.length === 0) return
  let head = await lockedHead(queries, chain.chainId, kind)
  for (const entry of entries) {
    const linked = chainedRow(chain, head, entry)
    await queries.insertInto('audit_records').values(linked.row).execute()
    head = linked.head
  }
  await queries
    .updateTable('audit_chains')
    .set({ sequence: head.sequence, mac: head.mac })
    .where('chain_id', '=', chain.chainId)
    .execute()
}
