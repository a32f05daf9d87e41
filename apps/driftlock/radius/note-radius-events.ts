import { readRadiusProfile, uniqueId } from '@driftlock/application'
import type { AuditAction, AuditActor } from '@driftlock/domain'
import type { Instance } from '../instance/open-instance.ts'

type Noting = Pick<Instance, 'store' | 'clock' | 'random' | 'name'>

/**
 * Stores that an `auto` client has sent a valid Message-Authenticator: from now on every instance demands one, also after a
 * restart. The change is audited, since it makes the client's requests without one go unanswered.
 */
export async function rememberMessageAuthenticator(noting: Noting, clientId: string): Promise<void> {
  await noting.store.administration.transaction(async (tx) => {
    const client = await tx.clients.radiusClient(clientId)
    if (client === undefined) return
    const profile = readRadiusProfile(client.profile)
    if (profile.hasSentMessageAuthenticator) return
    await tx.clients.updateRadiusClient({ ...client, profile: { ...profile, hasSentMessageAuthenticator: true } })
    tx.audit({
      ...record(noting, 'update-radius-client'),
      outcome: 'success',
      reason: 'done',
      agent: client.name,
      securityDomainId: client.securityDomainId,
      before: { hasSentMessageAuthenticator: false },
      after: { hasSentMessageAuthenticator: true },
    })
  })
}

/** Names a wrong shared secret in the activity log. @param address where the garbage comes from. */
export async function reportWrongSecret(noting: Noting, clientId: string, address: string): Promise<void> {
  await noting.store.administration.transaction(async (tx) => {
    const client = await tx.clients.radiusClient(clientId)
    if (client === undefined) return
    tx.audit({
      ...record(noting, 'suspect-radius-secret'),
      outcome: 'warning',
      reason: 'RADIUS_SECRET_SUSPECT',
      agent: client.name,
      clientAddress: address,
      securityDomainId: client.securityDomainId,
    })
  })
}

function record(noting: Noting, action: AuditAction) {
  const actor: AuditActor = { type: 'system', id: noting.name, name: noting.name }
  return { id: uniqueId(noting), at: noting.clock.now(), actor, action }
}
