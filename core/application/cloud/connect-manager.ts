import { addMs, MS_PER_HOUR, MS_PER_SECOND, type UnixMs } from '@driftlock/domain'
import { accessSecretMac, accessSecretMacs } from '../access/access-secret.ts'
import { ApplicationError } from '../errors/application-error.ts'
import type { CloudCipher } from '../ports/cloud-cipher.ts'
import type { Company, ConnectedManager, PublicKeyText } from '../ports/cloud-subjects.ts'
import { uniqueId } from '../unique-id.ts'
import { cloudEntry } from './cloud-entry.ts'
import { type CloudContext, type CloudPorts, requireCompany, requireOwn } from './cloud-ports.ts'
import { cloudSigningKeys } from './cloud-signing-keys.ts'
import { requireName } from './companies.ts'

const OFFER_LIFETIME_MS = MS_PER_HOUR
/** Instances that share an identity learn of a new key within this time; until then the old one is believed. */
const OLD_KEY_MS = 600 * MS_PER_SECOND

/** What a manager's own requests are recorded under. */
export type ManagerOrigin = Pick<CloudContext, 'clientAddress' | 'requestId'>

/**
 * A one-time code to connect a manager within the hour: a secret, and the thumbprint of the key that will sign the answer,
 * by which the manager knows that it speaks to this cloud. @throws ApplicationError `NOT_FOUND`.
 */
export async function offerManagerRegistration(
  ports: CloudPorts & { readonly cipher: CloudCipher },
  context: CloudContext,
  companyId: string,
): Promise<{ readonly code: string; readonly expiresAt: UnixMs }> {
  const { current } = await cloudSigningKeys(ports, ports.cipher)
  const secret = base64url(ports.random.bytes(32))
  const mac = accessSecretMac({ use: 'manager-registration', secret }, ports.keys.pinKeys())
  const createdAt = ports.clock.now()
  const expiresAt = addMs(createdAt, OFFER_LIFETIME_MS)
  return ports.cloud.transaction(async (tx) => {
    await requireCompany(tx, context, companyId)
    await tx.insertOffer({ mac, companyId, userId: null, signingKeyId: current.key.id, createdAt, expiresAt })
    tx.audit(cloudEntry(ports, context, { action: 'offer-manager-registration', companyId }))
    return { code: `${secret}.${current.key.id}`, expiresAt }
  })
}

export interface ManagerRegistration {
  readonly code: string
  readonly deploymentName: string
  readonly signingKey: PublicKeyText
  readonly sealingKey: PublicKeyText
}

export interface RegisteredManager {
  readonly manager: ConnectedManager
  readonly company: Company
  /** The key whose thumbprint the code carried: it must sign the answer. */
  readonly signingKeyId: string
}

/** Connects a manager. @returns undefined when the code is wrong, used or too old, or the key is in use already. */
export async function registerManager(
  ports: CloudPorts,
  origin: ManagerOrigin,
  { code, deploymentName, signingKey, sealingKey }: ManagerRegistration,
): Promise<RegisteredManager | undefined> {
  const [secret = '', keyId = ''] = code.split('.')
  const macs = accessSecretMacs({ use: 'manager-registration', secret }, ports.keys.pinKeys())
  const now = ports.clock.now()
  return ports.cloud.transaction(async (tx) => {
    if ((await tx.managerByKey(signingKey.id)) !== undefined) return undefined
    const offer = await tx.takeOffer(macs)
    if (offer === undefined || offer.signingKeyId !== keyId || offer.expiresAt <= now) return undefined
    const company = await tx.company(offer.companyId)
    if (company === undefined) return undefined
    const manager: ConnectedManager = {
      id: uniqueId(ports),
      companyId: company.id,
      name: requireName('deploymentName', deploymentName),
      signingKey,
      sealingKey,
      previousKey: null,
      previousKeyUntil: null,
      createdAt: now,
      lastSeenAt: now,
      lastMarker: null,
      revokedAt: null,
    }
    await tx.insertManager(manager)
    tx.audit(ofManager(ports, origin, { manager, action: 'register-manager', after: { name: manager.name } }))
    return { manager, company, signingKeyId: keyId }
  })
}

/** Takes up new keys of a manager. @returns until when the old signing key is believed; null = it was not changed. */
export async function rotateManagerKeys(
  ports: CloudPorts,
  origin: ManagerOrigin,
  change: { managerId: string; signingKey: PublicKeyText | undefined; sealingKey: PublicKeyText | undefined },
): Promise<UnixMs | null> {
  const { managerId, signingKey, sealingKey } = change
  return ports.cloud.transaction(async (tx) => {
    const manager = await tx.manager(managerId)
    if (manager === undefined) throw new ApplicationError('NOT_FOUND', { type: 'manager', id: managerId })
    const changesSigning = signingKey !== undefined && signingKey.id !== manager.signingKey.id
    const previousKeyUntil = changesSigning ? addMs(ports.clock.now(), OLD_KEY_MS) : manager.previousKeyUntil
    await tx.updateManager({
      ...manager,
      ...(changesSigning && { signingKey, previousKey: manager.signingKey, previousKeyUntil }),
      ...(sealingKey !== undefined && { sealingKey }),
    })
    const after = { signingKey: signingKey?.id, sealingKey: sealingKey?.id }
    tx.audit(ofManager(ports, origin, { manager, action: 'rotate-manager-keys', after }))
    return changesSigning ? previousKeyUntil : null
  })
}

/** Disconnects a manager: its requests are refused from now on. @throws ApplicationError `NOT_FOUND`. */
export async function revokeManager(ports: CloudPorts, context: CloudContext, managerId: string): Promise<void> {
  await ports.cloud.transaction(async (tx) => {
    const manager = requireOwn(context, await tx.manager(managerId), { type: 'manager', id: managerId })
    await tx.updateManager({ ...manager, revokedAt: manager.revokedAt ?? ports.clock.now() })
    const { companyId, name } = manager
    tx.audit(cloudEntry(ports, context, { action: 'revoke-manager', companyId, before: { managerId, name } }))
  })
}

interface ManagerAct {
  readonly manager: ConnectedManager
  readonly action: 'register-manager' | 'rotate-manager-keys'
  readonly after: unknown
}

function ofManager(ports: CloudPorts, origin: ManagerOrigin, { manager, action, after }: ManagerAct) {
  const actor = { type: 'agent', id: manager.id, name: manager.name } as const
  return cloudEntry(ports, { actor, ...origin }, { action, companyId: manager.companyId, after })
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** RFC 4648 §5 without padding. */
export function base64url(octets: Uint8Array): string {
  let text = ''
  for (let at = 0; at < octets.length; at += 3) {
    const [a = 0, b = 0, c = 0] = octets.subarray(at, at + 3)
    const group = (a << 16) | (b << 8) | c
    const characters = Math.min(4, octets.length - at + 1)
    for (let index = 0; index < characters; index++) text += ALPHABET.charAt((group >> (18 - 6 * index)) & 63)
  }
  return text
}
