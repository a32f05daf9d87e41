import { signCheckpoint } from '@driftlock/application'
import { ringAuditProof, ringCheckpointSigner } from '@driftlock/keys'
import type { Logger } from 'pino'
import type { Instance } from '../instance/open-instance.ts'

/**
 * Signs where this instance's audit chain stands and writes the checkpoint to the log as well, so that a copy lies outside
 * the database. A broken chain is not signed, but named in the log.
 */
export async function signAudit({ store, keys, clock, name }: Instance, logger: Logger): Promise<void> {
  const { auditLog } = store.administration.read
  const signed = await signCheckpoint(
    {
      auditLog: {
        links: (...given) => auditLog.links(...given),
        checkpoints: (chainId) => auditLog.checkpoints(chainId),
        addCheckpoint: (checkpoint) => store.administration.transaction((tx) => tx.auditLog.addCheckpoint(checkpoint)),
      },
      proof: ringAuditProof(keys),
      signer: ringCheckpointSigner(keys),
      clock,
    },
    name,
  )
  if (signed === undefined) return
  if ('kind' in signed) logger.error({ fault: signed }, 'the audit log is broken and was not signed')
  else logger.info({ checkpoint: loggedCheckpoint(signed) }, 'audit log signed')
}

function loggedCheckpoint(checkpoint: object): Readonly<Record<string, unknown>> {
  const text = (value: unknown) => (value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value)
  return Object.fromEntries(Object.entries(checkpoint).map(([field, value]) => [field, text(value)]))
}
