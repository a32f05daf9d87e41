import { addMs } from '@driftlock/domain'
import type { CloudCipher } from '../ports/cloud-cipher.ts'
import type { CloudSigningKey } from '../ports/cloud-subjects.ts'
import type { SealContext } from '../ports/key-ring.ts'
import { cloudEntry } from './cloud-entry.ts'
import { type CloudContext, type CloudPorts, requireService } from './cloud-ports.ts'

export interface SigningKeySet {
  /** Signs now. */
  readonly current: CloudSigningKey
  /** Published, and sign later. */
  readonly upcoming: readonly CloudSigningKey[]
  /** Signed before; only the answer to a registration that was offered under one is still signed with it. */
  readonly former: readonly CloudSigningKey[]
}

export function signingKeyContext(keyId: string): SealContext {
  return { table: 'cloud_signing_keys', column: 'private_key', row: keyId }
}

/** The keys of answers; the first one is made when there is none. */
export async function cloudSigningKeys(ports: CloudPorts, cipher: CloudCipher): Promise<SigningKeySet> {
  const keys = await ports.cloud.read.signingKeys()
  const now = ports.clock.now()
  const current = keys.find(({ activeFrom }) => activeFrom <= now)
  if (current === undefined) {
    await insertKey(ports, cipher, 0)
    return cloudSigningKeys(ports, cipher)
  }
  return {
    current,
    upcoming: keys.filter(({ activeFrom }) => activeFrom > now),
    former: keys.filter((key) => key.activeFrom <= now && key !== current),
  }
}

/**
 * Makes the next key for answers. It is published from now on, in answers that the current one signs, and signs itself
 * after `afterMs`: every manager that asks in between follows. @throws ApplicationError `NOT_AUTHORISED`.
 */
export async function rotateCloudKey(
  ports: CloudPorts & { readonly cipher: CloudCipher },
  context: CloudContext,
  { afterMs }: { readonly afterMs: number },
): Promise<CloudSigningKey> {
  requireService(context)
  const key = await insertKey(ports, ports.cipher, afterMs)
  await ports.cloud.transaction(async (tx) => {
    const after = { key: key.key.id, signsFrom: key.activeFrom }
    tx.audit(cloudEntry(ports, context, { action: 'rotate-cloud-key', after }))
  })
  return key
}

async function insertKey(ports: CloudPorts, cipher: CloudCipher, afterMs: number): Promise<CloudSigningKey> {
  const { key, privateKey } = await cipher.newSigningKey()
  const createdAt = ports.clock.now()
  const sealedPrivateKey = ports.keys.seal('private-key', signingKeyContext(key.id), privateKey)
  privateKey.fill(0)
  const made: CloudSigningKey = { key, sealedPrivateKey, createdAt, activeFrom: addMs(createdAt, afterMs) }
  await ports.cloud.transaction((tx) => tx.insertSigningKey(made))
  return made
}
