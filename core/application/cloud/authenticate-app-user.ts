import { authenticate, type LoginOrigin, type LoginResult } from '../authentication/authenticate.ts'
import type { CloudPorts } from './cloud-ports.ts'
import { cloudPolicySource } from './cloud-policies.ts'

export interface AppLogOn {
  /** Short name of the company. */
  readonly company: string
  readonly userName: string
  readonly tokencode: string
  /** With the next tokencode: what the answer before came with. */
  readonly sealedChallenge?: string
  readonly origin: LoginOrigin
}

/** A user's log-on at the cloud: the same use case and the same decision as a manager's, over the cloud's users. */
export function authenticateAppUser(ports: CloudPorts, logOn: AppLogOn): Promise<LoginResult> {
  const { company, userName, tokencode, sealedChallenge, origin } = logOn
  const username = `${company}\\${userName}`
  const entry =
    sealedChallenge === undefined
      ? ({ type: 'passcode', passcode: tokencode } as const)
      : ({ type: 'answer', sealedChallenge, answer: tokencode } as const)
  return authenticate(logOnPorts(ports), { username, entry, origin })
}

export interface AppCodeVerdict {
  readonly outcome: 'accepted' | 'rejected' | 'next-tokencode'
  readonly reason: string
  /** Highest step used up, when accepted. */
  readonly step: bigint | null
}

/** A manager asks about the code of one app of its company. An app it may not know is refused as an unknown one is. */
export async function verifyAppCode(
  ports: CloudPorts,
  {
    companyId,
    serial,
    tokencode,
    origin,
  }: { companyId: string; serial: string; tokencode: string; origin: LoginOrigin },
): Promise<AppCodeVerdict> {
  const app = await ports.cloud.read.deviceBySerial(serial)
  if (app?.companyId !== companyId || app.status !== 'active') {
    return { outcome: 'rejected', reason: 'no-token-assigned', step: null }
  }
  const entry = { type: 'passcode', passcode: tokencode } as const
  const result = await authenticate(logOnPorts(ports), { username: serial, entry, origin })
  if (result.outcome === 'reject') return { outcome: 'rejected', reason: result.reason, step: null }
  if (result.outcome === 'challenge') return { outcome: 'next-tokencode', reason: result.reason, step: null }
  const after = await ports.cloud.read.deviceBySerial(serial)
  return { outcome: 'accepted', reason: result.reason, step: after?.highWaterStep ?? null }
}

function logOnPorts({ cloud, keys, clock, clockGuard, random }: CloudPorts) {
  return { store: cloud.authentication, policies: cloudPolicySource, keys, clock, clockGuard, random }
}
