import type { Store } from '../../open-store.ts'
import { acceptance, subjectOf } from '../sample-data.ts'
import { openAs } from './engine-under-test.ts'
import type { Acknowledged } from './login-load.ts'

export interface CrashReport {
  acknowledged: number
  /** Acknowledged logins whose record or step is gone. */
  lost: number
  /** Acknowledged steps that could be used again. */
  replayable: number
  gapsInChains: number
}

export function emptyCrashReport(): CrashReport {
  return { acknowledged: 0, lost: 0, replayable: 0, gapsInChains: 0 }
}

/** Opens a database after a crash and counts into the report what is missing of the acknowledged logins of these users. */
export async function inspectAfterCrash(
  database: string,
  { usernames, logins }: { readonly usernames: readonly string[]; readonly logins: readonly Acknowledged[] },
  report: CrashReport,
): Promise<void> {
  const store = await openAs('inspector', database)
  report.acknowledged += logins.length
  const latest = new Map<string, number>()
  for (const { auditId, tokenId, step } of logins) {
    latest.set(tokenId, Math.max(step, latest.get(tokenId) ?? 0))
    if ((await store.administration.read.auditLog.find(auditId)) === undefined) report.lost++
  }
  for (const username of usernames) {
    const subject = await subjectOf(store, username)
    const [token] = subject.tokens
    const step = latest.get(token?.record.id ?? '')
    if (step === undefined) continue
    if (Number(token?.state.highWaterStep ?? -1n) < step) report.lost++
    if ((await store.authentication.commit(acceptance(subject, step))) === 'committed') report.replayable++
  }
  report.gapsInChains += await gapsInChains(store)
  await store.close()
}

async function gapsInChains({ administration }: Store): Promise<number> {
  const { auditLog } = administration.read
  let gaps = 0
  for (const { chainId, sequence } of await auditLog.heads()) {
    const links = await auditLog.links(chainId, 0, sequence + 1000)
    if (links.length !== sequence || links.some((link, index) => link.sequence !== index + 1)) gaps++
  }
  return gaps
}
