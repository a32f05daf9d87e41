import {
  asCloudSays,
  type CloudVerdict,
  type Decision,
  isCloudManaged,
  type Snapshot,
  withoutApps,
} from '@driftlock/domain'
import type { AppCodeAnswer, AppCodes } from '../ports/app-codes.ts'

/** The cloud's answers in one log-on: a code is asked about once, however often the log-on is decided anew. */
export type AskedCodes = Map<string, AppCodeAnswer>

/** What a log-on may look at: without apps where they are switched off, and whether the cloud is to be asked. */
export async function underAppPolicy(
  appCodes: AppCodes | undefined,
  snapshot: Snapshot,
  configVersion: number,
): Promise<{ readonly snapshot: Snapshot; readonly cloudFirst: boolean }> {
  const hasApps = snapshot.tokens.some(({ record }) => isCloudManaged(record))
  if (appCodes === undefined || !hasApps) return { snapshot, cloudFirst: false }
  const { enabled, cloudFirst } = await appCodes.policyAt(configVersion)
  return enabled ? { snapshot, cloudFirst } : { snapshot: withoutApps(snapshot), cloudFirst: false }
}

export interface Asking {
  readonly snapshot: Snapshot
  readonly decision: Decision
  readonly tokencode: string
  readonly asked: AskedCodes
}

/**
 * The snapshot as the cloud's word changes it, or undefined where its word is not needed: only a code that would let its
 * user in by an app is asked about, so no other passcode ever leaves this deployment.
 */
export async function heardFromCloud(appCodes: AppCodes, asking: Asking): Promise<Snapshot | undefined> {
  const { snapshot, decision, tokencode, asked } = asking
  if (decision.outcome !== 'accept' || decision.trace.tokens[0]?.via !== 'tokencode') return undefined
  const token = snapshot.tokens.find(({ record }) => record.id === decision.tokenId)
  if (token === undefined || !isCloudManaged(token.record)) return undefined
  const key = `${token.record.id} ${tokencode}`
  const answer = asked.get(key) ?? (await appCodes.ask({ serial: token.record.serial, tokencode }))
  asked.set(key, answer)
  return asCloudSays(snapshot, token.record.id, verdictOf(answer, decision))
}

/** A code that was used there is used here: at the very step the decision found. */
function verdictOf(answer: AppCodeAnswer, { condition }: Decision): CloudVerdict {
  if (answer !== 'used') return { outcome: answer }
  const step = condition.tokens[0]?.highWaterBelow
  return step === undefined ? { outcome: 'refused' } : { outcome: 'used', step }
}
