import { addMs, MS_PER_MINUTE, type UnixMs } from '@driftlock/domain'
import { accessSecretMac } from '../access/access-secret.ts'
import { cloudEntry } from './cloud-entry.ts'
import { type CloudContext, type CloudPorts, requireOwn } from './cloud-ports.ts'
import { newRegistrationCode, plainRegistrationCode } from './registration-code.ts'

export interface AppRegistrationOffer {
  /** Shown once, as text and QR; kept as a MAC only. */
  readonly code: string
  readonly expiresAt: UnixMs
  readonly attribute: string
}

const LIFETIME_MS = 60 * MS_PER_MINUTE

/** A one-time code with which the user registers an app within the hour. @throws ApplicationError `NOT_FOUND`. */
export async function offerAppRegistration(
  ports: CloudPorts,
  context: CloudContext,
  userId: string,
): Promise<AppRegistrationOffer> {
  const code = newRegistrationCode(ports.random)
  const mac = accessSecretMac({ use: 'app-registration', secret: plainRegistrationCode(code) }, ports.keys.pinKeys())
  const now = ports.clock.now()
  const expiresAt = addMs(now, LIFETIME_MS)
  return ports.cloud.transaction(async (tx) => {
    const { companyId, attribute } = requireOwn(context, await tx.user(userId), { type: 'user', id: userId })
    await tx.insertOffer({ mac, companyId, userId, signingKeyId: null, createdAt: now, expiresAt })
    const act = { action: 'offer-app-registration', companyId, userId, username: attribute } as const
    tx.audit(cloudEntry(ports, context, act))
    return { code, expiresAt, attribute }
  })
}
