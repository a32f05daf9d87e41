import { addMs, MS_PER_MINUTE, NEW_APP_TOKENCODE, NO_STEP, UNKNOWN_CLOCK } from '@driftlock/domain'
import { accessSecretMacs } from '../access/access-secret.ts'
import { seedContext } from '../authentication/snapshot-of.ts'
import type { AppDevice, Company } from '../ports/cloud-subjects.ts'
import { StoreError } from '../ports/store-error.ts'
import { uniqueId } from '../unique-id.ts'
import type { CloudPorts } from './cloud-ports.ts'
import { plainRegistrationCode } from './registration-code.ts'

const PROOF_WITHIN_MS = 10 * MS_PER_MINUTE
const ATTEMPTS = 3

export interface BegunRegistration {
  readonly device: AppDevice
  readonly company: Company
  /** For the app, once. The caller zeroes it when it was sent. */
  readonly seed: Uint8Array
}

/**
 * Spends a registration code: the app gets its seed, and counts for nothing until `proveAppRegistration`.
 * @returns undefined when the code is wrong, used or too old.
 */
export async function beginAppRegistration(
  ports: CloudPorts,
  { code, publicName }: { readonly code: string; readonly publicName: string },
): Promise<BegunRegistration | undefined> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await begin(ports, { code, publicName })
    } catch (error) {
      // Another app was given the same serial at this moment; nothing was written, the code is not spent.
      const isTaken = error instanceof StoreError && error.code === 'ALREADY_EXISTS'
      if (!isTaken || attempt >= ATTEMPTS) throw error
    }
  }
}

async function begin(
  ports: CloudPorts,
  { code, publicName }: { readonly code: string; readonly publicName: string },
): Promise<BegunRegistration | undefined> {
  const secret = plainRegistrationCode(code)
  const macs = accessSecretMacs({ use: 'app-registration', secret }, ports.keys.pinKeys())
  const now = ports.clock.now()
  return ports.cloud.transaction(async (tx) => {
    const offer = await tx.takeOffer(macs)
    const userId = offer?.userId ?? null
    const user = userId === null ? undefined : await tx.user(userId)
    const company = user && (await tx.company(user.companyId))
    if (offer === undefined || offer.expiresAt <= now || user?.enabled !== true || company === undefined)
      return undefined
    const seed = ports.random.bytes(NEW_APP_TOKENCODE.seedOctets)
    const device = newApp(ports, { companyId: user.companyId, userId: user.id, publicName })
    await tx.insertDevices([{ device, seed: ports.keys.seal('seed', seedContext(device.id), seed) }])
    return { device, company, seed }
  })
}

/** An app that was not proved yet. */
export function newApp(
  ports: Pick<CloudPorts, 'clock' | 'random'>,
  given: Pick<AppDevice, 'companyId' | 'userId' | 'publicName'>,
): AppDevice {
  const { algorithm, digits, intervalSeconds } = NEW_APP_TOKENCODE
  const now = ports.clock.now()
  return {
    id: uniqueId(ports),
    ...given,
    serial: newSerial(ports.random.bytes(8)),
    status: 'pending',
    algorithm,
    digits,
    intervalSeconds,
    seedVersion: 1,
    version: 1,
    highWaterStep: NO_STEP,
    clock: UNKNOWN_CLOCK,
    badTokencodeCount: 0,
    challengeSpentStep: NO_STEP,
    lastAcceptedAt: null,
    createdAt: now,
    proofUntil: addMs(now, PROOF_WITHIN_MS),
    proofFailures: 0,
    provenAt: null,
    endedAt: null,
    endReason: null,
    changeTime: null,
  }
}

/** MFA and twelve digits. A serial is no secret: the bias of the remainder does not matter. */
function newSerial(octets: Uint8Array): string {
  const number = octets.reduce((sum, octet) => (sum * 256n + BigInt(octet)) % 1_000_000_000_000n, 0n)
  return `MFA${number.toString().padStart(12, '0')}`
}
