import { appTokenRecord, type Decision, decide, NO_GUESSES } from '@driftlock/domain'
import { seedContext } from '../authentication/snapshot-of.ts'
import type { CloudRepository } from '../ports/cloud-store.ts'
import type { AppDevice, ShownCloudUser } from '../ports/cloud-subjects.ts'
import { appTokenState } from './app-token-state.ts'
import { CLOUD_POLICIES } from './cloud-policies.ts'
import type { CloudPorts } from './cloud-ports.ts'

const ENTROPY_BYTES = 64

export interface ProofToJudge {
  readonly app: AppDevice
  readonly user: ShownCloudUser
  readonly tokencode: string
}

/** The same decision as at a log-on, on this app alone, with a window as wide as a phone that was never seen may need. */
export async function judgeProof(
  ports: CloudPorts,
  tx: CloudRepository,
  { app, user, tokencode }: ProofToJudge,
): Promise<Decision> {
  const sealed = await tx.deviceSeed(app.id)
  if (sealed === undefined) throw new Error(`app ${app.id} has no seed`)
  const record = appTokenRecord({ ...app, enabled: true })
  const { large } = record.windows
  const { id, companyId: securityDomainId, attribute: username, version } = user
  const owner = { id, username, securityDomainId, version, enabled: true, startsAt: null, expiresAt: null }
  const token = {
    record: { ...record, windows: { small: large, medium: large, large } },
    state: appTokenState(app),
    seed: ports.keys.open('seed', seedContext(app.id), sealed),
  }
  return decide(
    {
      user: { ...owner, guesses: NO_GUESSES },
      tokens: [token],
      tokenPolicy: CLOUD_POLICIES.token,
      lockoutPolicy: CLOUD_POLICIES.lockout,
      pinKeys: ports.keys.pinKeys(),
      serverClockInDoubt: ports.clockGuard.inDoubt(),
    },
    { type: 'passcode', passcode: tokencode },
    { now: ports.clock.now(), entropy: ports.random.bytes(ENTROPY_BYTES) },
  )
}
