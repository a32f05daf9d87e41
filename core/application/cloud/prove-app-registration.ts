import { appTokenRecord, decide, NO_GUESSES, type Decision } from '@driftlock/domain'
import { seedContext } from '../authentication/snapshot-of.ts'
import type { CloudRepository } from '../ports/cloud-store.ts'
import type { AppDevice, ShownCloudUser } from '../ports/cloud-subjects.ts'
import { cloudEntry } from './cloud-entry.ts'
import type { CloudContext, CloudPorts } from './cloud-ports.ts'
import { CLOUD_POLICIES } from './cloud-policies.ts'
import { endApp } from './end-app.ts'

/** A proof may miss this often; then the code must be made anew. */
const MOST_FAILURES = 5
const ENTROPY_BYTES = 64

export type Proof =
  | { readonly outcome: 'registered'; readonly serial: string; readonly replacedSerial: string | null }
  | { readonly outcome: 'refused' }
  | { readonly outcome: 'expired' }

export interface ProofRequest {
  readonly registrationId: string
  readonly tokencode: string
}

/**
 * One tokencode of the new seed completes the registration. The user's app of before is replaced in the same moment, so
 * that no instant has two, and none has neither. The proof's code is used up and teaches the app's clock.
 */
export async function proveAppRegistration(
  ports: CloudPorts,
  context: Pick<CloudContext, 'actor' | 'clientAddress' | 'requestId'>,
  { registrationId, tokencode }: ProofRequest,
): Promise<Proof> {
  const seen = await ports.cloud.read.device(registrationId)
  if (seen === undefined) return { outcome: 'expired' }
  return ports.cloud.transaction(async (tx) => {
    const changeTime = await tx.changeTime(seen.companyId)
    const app = await tx.device(registrationId)
    const user = app && (await tx.user(app.userId))
    const now = ports.clock.now()
    if (app?.status !== 'pending' || app.proofUntil === null || app.proofUntil <= now || user?.enabled !== true)
      return { outcome: 'expired' }
    const decision = await judge(ports, tx, { app, user, tokencode })
    if (decision.outcome !== 'accept') {
      const proofFailures = app.proofFailures + 1
      await tx.updateDevice({ ...app, proofFailures, ...(proofFailures >= MOST_FAILURES && { proofUntil: now }) })
      return { outcome: 'refused' }
    }
    const before = user.serial === null ? undefined : await tx.deviceBySerial(user.serial)
    if (before !== undefined) await tx.updateDevice(endApp(before, { reason: 'replaced', changeTime, now }))
    const { highWaterStep = app.highWaterStep, clock = app.clock } = decision.changes.tokens[0]?.state ?? {}
    const proven = { status: 'active', proofUntil: null, provenAt: now, lastAcceptedAt: now, changeTime } as const
    await tx.updateDevice({ ...app, ...proven, highWaterStep, clock })
    const { companyId, attribute: username, id: userId } = user
    const after = { publicName: app.publicName, replaced: before?.serial ?? null }
    const act = { action: 'register-app', companyId, userId, username, tokenSerial: app.serial, after } as const
    tx.audit(cloudEntry(ports, context, act))
    return { outcome: 'registered', serial: app.serial, replacedSerial: before?.serial ?? null }
  })
}

/** The same decision as at a log-on, on this app alone, with a window as wide as a phone that was never seen may need. */
async function judge(
  ports: CloudPorts,
  tx: CloudRepository,
  { app, user, tokencode }: { app: AppDevice; user: ShownCloudUser; tokencode: string },
): Promise<Decision> {
  const sealed = await tx.deviceSeed(app.id)
  if (sealed === undefined) throw new Error(`app ${app.id} has no seed`)
  const record = appTokenRecord({ ...app, enabled: true })
  const { large } = record.windows
  const { highWaterStep, clock, version, badTokencodeCount, challengeSpentStep, lastAcceptedAt } = app
  const { id, companyId, attribute: username, version: userVersion } = user
  return decide(
    {
      user: {
        ...{ id, username, securityDomainId: companyId, enabled: true, startsAt: null, expiresAt: null },
        version: userVersion,
        guesses: NO_GUESSES,
      },
      tokens: [
        {
          record: { ...record, windows: { small: large, medium: large, large } },
          state: {
            ...{ highWaterStep, clock, version, badTokencodeCount, challengeSpentStep, lastAcceptedAt },
            ...{
              pin: null,
              newPinRequired: false,
              proposedPin: null,
              lost: false,
              emergency: null,
              pendingSeed: false,
            },
          },
          seed: ports.keys.open('seed', seedContext(app.id), sealed),
        },
      ],
      tokenPolicy: CLOUD_POLICIES.token,
      lockoutPolicy: CLOUD_POLICIES.lockout,
      pinKeys: ports.keys.pinKeys(),
      serverClockInDoubt: ports.clockGuard.inDoubt(),
    },
    { type: 'passcode', passcode: tokencode },
    { now: ports.clock.now(), entropy: ports.random.bytes(ENTROPY_BYTES) },
  )
}
