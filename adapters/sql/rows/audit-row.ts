import type { AuditChain, ChainHead } from '@driftlock/application'
import type { AuditEntry } from '@driftlock/domain'
import type { AuditColumns } from '../schema/tables.ts'

/** The columns of an audit record, in the order in which the hot path binds them. */
export const AUDIT_COLUMNS = [
  'id',
  'chain_id',
  'sequence',
  'mac',
  'key_id',
  'record',
  'at',
  'action',
  'outcome',
  'reason',
  'actor_id',
  'user_id',
  'token_serial',
  'security_domain_id',
  'agent',
] as const

/** What searches look at; it must agree with the record. */
export function searchColumns(entry: AuditEntry) {
  return {
    at: entry.at as number, // a column takes the plain type
    action: entry.action as string, // likewise
    outcome: entry.outcome as string, // likewise
    reason: entry.reason,
    actor_id: entry.actor.id,
    user_id: entry.userId ?? null,
    token_serial: entry.tokenSerial ?? null,
    security_domain_id: entry.securityDomainId ?? null,
    agent: entry.agent ?? null,
  } satisfies Partial<AuditColumns>
}

export interface ChainedRow {
  readonly row: Omit<AuditColumns, 'digest'>
  readonly head: ChainHead
}

/** Links an entry behind `head`. @returns its row and the head it makes. */
export function chainedRow(chain: AuditChain, head: ChainHead, entry: AuditEntry): ChainedRow {
  const { sequence, mac, record, keyId } = chain.link(head, entry)
  return {
    row: { id: entry.id, chain_id: chain.chainId, sequence, mac, key_id: keyId, record, ...searchColumns(entry) },
    head: { chainId: chain.chainId, sequence, mac },
  }
}

export function entryOf(record: string): AuditEntry {
  return JSON.parse(record) as AuditEntry // canonical JSON of an entry, written by the chain
}
