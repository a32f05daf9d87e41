import type { Decision, UnixMs } from '@driftlock/domain'
import type { CloudRepository } from '../ports/cloud-store.ts'
import type { ShownAppDevice, ShownCloudUser } from '../ports/cloud-subjects.ts'
import { cloudEntry } from './cloud-entry.ts'
import type { CloudContext, CloudPorts } from './cloud-ports.ts'
import { endApp } from './end-app.ts'
import { judgeProof } from './judge-proof.ts'

/** A proof may miss this often; then the code must be made anew. */
const MOST_FAILURES = 5

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
    const now = ports.clock.now()
    const waiting = await waitingProof(tx, registrationId, now)
    if (waiting === undefined) return { outcome: 'expired' }
    const { app, user } = waiting
    const decision = await judgeProof(ports, tx, { app, user, tokencode })
    if (decision.outcome !== 'accept') {
      const proofFailures = app.proofFailures + 1
      await tx.updateDevice({ ...app, proofFailures, ...(proofFailures >= MOST_FAILURES && { proofUntil: now }) })
      return { outcome: 'refused' }
    }
    const replacedSerial = user.serial
    const before = replacedSerial === null ? undefined : await tx.deviceBySerial(replacedSerial)
    if (before !== undefined) await tx.updateDevice(endApp(before, { reason: 'replaced', changeTime, now }))
    await tx.updateDevice({ ...taughtBy(app, decision), provenAt: now, lastAcceptedAt: now, changeTime })
    const { companyId, attribute: username, id: userId } = user
    const after = { publicName: app.publicName, replaced: replacedSerial }
    const act = { action: 'register-app', companyId, userId, username, tokenSerial: app.serial, after } as const
    tx.audit(cloudEntry(ports, context, act))
    return { outcome: 'registered', serial: app.serial, replacedSerial }
  })
}

interface WaitingProof {
  readonly app: ShownAppDevice
  readonly user: ShownCloudUser
}

/** The registration, if its proof is still awaited and its user may have an app. */
async function waitingProof(tx: CloudRepository, id: string, now: UnixMs): Promise<WaitingProof | undefined> {
  const app = await tx.device(id)
  if (app?.status !== 'pending' || app.proofUntil === null || app.proofUntil <= now) return undefined
  const user = await tx.user(app.userId)
  return user?.enabled === true ? { app, user } : undefined
}

/** In use, its code used up and its clock known. */
function taughtBy(app: ShownAppDevice, decision: Decision): ShownAppDevice {
  const { highWaterStep = app.highWaterStep, clock = app.clock } = decision.changes.tokens[0]?.state ?? {}
  return { ...app, status: 'active', proofUntil: null, highWaterStep, clock }
}
