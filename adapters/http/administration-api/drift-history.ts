import type { ManagedToken } from '@driftlock/application'
import type { DriftPoint } from '@driftlock/contracts'
import { unixMs } from '@driftlock/domain'
import type { ApiServices } from '../api/services.ts'
import { defined } from '../views/defined.ts'

const ACTIONS = ['authenticate', 'resynchronise-token', 'set-back-token'] as const

/** How far off a token's clock was at each log-on, from the traces of the audit log, oldest first. */
export async function driftHistory(
  { administration: { read } }: Pick<ApiServices, 'administration'>,
  { record: { serial } }: ManagedToken,
  { from, before, limit }: { from?: number | undefined; before?: number | undefined; limit: number },
): Promise<DriftPoint[]> {
  const span = defined({
    from: from === undefined ? undefined : unixMs(from),
    before: before === undefined ? undefined : unixMs(before),
  })
  const { items } = await read.auditLog.search({ tokenSerial: serial, actions: ACTIONS, ...span }, { limit })
  const points = items.flatMap(({ entry }) => {
    const seen = entry.trace?.tokens.find((one) => one.serial === serial)
    if (seen?.clockOffMs === undefined || seen.code !== 'good') return []
    const { at, outcome, reason } = entry
    const { clockOffMs, stepsOff = null, window = null } = seen
    return [{ at, clockOffMs, stepsOff, window, outcome, reason }]
  })
  return points.toReversed()
}
