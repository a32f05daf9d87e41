import { uniqueId } from '@driftlock/application'
import type { Logger } from 'pino'
import type { Instance } from '../instance/open-instance.ts'

/** Says in log and audit when the server clock comes to be doubted, and when it is trusted again. One look a call. */
export function clockWatcher(instance: Instance, logger: Logger): () => Promise<void> {
  let known = ''
  return async () => {
    const doubts = instance.clockGuard.doubts()
    const reasons = doubts.map(({ reason }) => reason).join(' ')
    if (reasons === known) return
    known = reasons
    if (doubts.length === 0) {
      logger.info('the server clock is trusted again')
      return
    }
    for (const { text } of doubts) logger.warn(`The server clock is in doubt, no drift is learned. ${text}`)
    const { store, clock, name } = instance
    await store.administration.transaction(async (tx) => {
      tx.audit({
        id: uniqueId(instance),
        at: clock.now(),
        actor: { type: 'system', id: name, name },
        action: 'clock-in-doubt',
        outcome: 'warning',
        reason: doubts[0]?.reason ?? 'done',
        after: { doubts: doubts.map(({ text }) => text) },
      })
    })
  }
}
