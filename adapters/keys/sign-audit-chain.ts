import {
  type AuditQueries,
  type AuditRepository,
  type ChainCheckpoint,
  type Clock,
  signCheckpoint,
} from '@driftlock/application'
import { ringAuditProof, ringCheckpointSigner } from './audit-chain.ts'
import type { DataKeyRing } from './data-key-ring.ts'

/** A chain that a serving process signs from time to time, a manager's and the cloud's alike. */
export interface SignedChain {
  readonly chainId: string
  readonly auditLog: Pick<AuditQueries, 'links' | 'checkpoints'>
  /** One transaction that gives the writing half of the log. */
  readonly write: (work: (auditLog: Pick<AuditRepository, 'addCheckpoint'>) => Promise<void>) => Promise<void>
  readonly keys: DataKeyRing
  readonly clock: Clock
}

/** What is told of it: the part of a logger that is used here. */
export interface SigningLog {
  info(facts: object, message: string): void
  error(facts: object, message: string): void
}

/** How often a serving process signs; and once more when it stops. */
export const SIGN_AUDIT_MS = 600_000

/** How long it may sign when it stops: what is left is signed after the next start. */
const LAST_SIGNING_MS = 3000

/** @returns what ends the last signing of a process that stops now. */
export function lastSigningEnds(): () => boolean {
  const end = performance.now() + LAST_SIGNING_MS
  return () => performance.now() > end
}

/**
 * Signs where the chain stands and writes the checkpoint to the log as well, so that a copy lies outside the database. A
 * broken chain is not signed, but named in the log.
 * @param isTimeUp What is verified until then is signed.
 */
export async function signAuditChain(chain: SignedChain, log: SigningLog, isTimeUp?: () => boolean): Promise<void> {
  const { chainId, auditLog, write, keys, clock } = chain
  const ports = {
    auditLog: {
      links: (...given: Parameters<AuditQueries['links']>) => auditLog.links(...given),
      checkpoints: (id: string) => auditLog.checkpoints(id),
      addCheckpoint: (checkpoint: ChainCheckpoint) => write((writing) => writing.addCheckpoint(checkpoint)),
    },
    proof: ringAuditProof(keys),
    signer: ringCheckpointSigner(keys),
    clock,
  }
  const signed = await signCheckpoint(ports, chainId, isTimeUp)
  if (signed === undefined) return
  if ('kind' in signed) log.error({ fault: signed }, 'the audit log is broken and was not signed')
  else log.info({ checkpoint: loggedCheckpoint(signed) }, 'audit log signed')
}

function loggedCheckpoint(checkpoint: object): Readonly<Record<string, unknown>> {
  const text = (value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value)
  return Object.fromEntries(Object.entries(checkpoint).map(([field, value]) => [field, text(value)]))
}
