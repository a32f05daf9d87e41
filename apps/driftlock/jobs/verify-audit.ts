import { setTimeout as sleep } from 'node:timers/promises'
import { type AdministrationContext, type ChainReport, type JobRunner, verifyAudit } from '@driftlock/application'
import { ringAuditProof } from '@driftlock/keys'
import type { Instance } from '../instance/open-instance.ts'

const REPORT_EVERY_MS = 1000

class Stopped extends Error {}

/** Proves every chain of the audit log; the reports are the job's result. Begun anew after an interruption. */
export function verifyAuditRunner({ administration, keys, name }: Instance): JobRunner {
  const actor = { type: 'system', id: name, name } as const
  const context: AdministrationContext = { authority: { type: 'system' }, actor }
  return async function* () {
    const heads = await administration.administration.read.auditLog.heads()
    const totalCount = heads.reduce((sum, { sequence }) => sum + sequence, 0)
    const walk = { doneCount: 0, isStopped: false }
    const onRecord = (): void => {
      if (walk.isStopped) throw new Stopped()
      walk.doneCount += 1
    }
    const reports = Array.fromAsync(
      verifyAudit({ ...administration, proof: ringAuditProof(keys) }, context, { onRecord }),
    )
    let done: readonly ChainReport[] | undefined
    // A failure is thrown where the reports are awaited; one that nobody awaits any more is the stop itself.
    reports.catch(() => undefined)
    try {
      while (done === undefined) {
        done = await Promise.race([reports, sleep(REPORT_EVERY_MS, undefined)])
        yield { checkpoint: null, doneCount: walk.doneCount, totalCount }
      }
    } finally {
      walk.isStopped = true
    }
    return { intact: done.every(({ fault }) => fault === undefined), chains: done }
  }
}
