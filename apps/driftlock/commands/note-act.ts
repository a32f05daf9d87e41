import { uniqueId } from '@driftlock/application'
import type { AuditAction } from '@driftlock/domain'
import type { OpenShell } from './command-shell.ts'

/** Audits what the shell did with files or keys: acts that are no unit of work of the store. */
export async function noteAct(
  { ports, context }: Pick<OpenShell, 'ports' | 'context'>,
  { action, after }: { readonly action: AuditAction; readonly after: unknown },
): Promise<void> {
  const at = ports.clock.now()
  await ports.administration.transaction(async (tx) => {
    tx.audit({ id: uniqueId(ports), at, actor: context.actor, action, outcome: 'success', reason: 'done', after })
  })
}
