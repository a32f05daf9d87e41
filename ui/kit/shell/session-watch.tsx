import { lazy, Suspense, useSyncExternalStore } from 'react'
import { useApi } from '../api/api-context.ts'
import { useRemaining } from '../time/use-remaining.ts'

const SessionEndDialog = lazy(async () => ({ default: (await import('./session-end-dialog.tsx')).SessionEndDialog }))

/** When a session ends, by the server's clock; what both consoles' session endpoints answer. */
interface SessionTimes {
  readonly idleUntil: number
  readonly endsAt: number
  readonly serverTime: number
}

interface SessionWatchProps {
  session: SessionTimes
  /** When the browser got `session`, by its own clock, which may differ from the server's. */
  receivedAtMs: number
  /** Asks the server who is logged on: keeps the session alive, or finds that it has ended. */
  onStay: () => void
}

/** Long enough to be read and answered by everybody (WCAG 2.2.1 asks for 20 seconds at least). */
const warnedMs = 120_000

/** Warns before an idle session ends, with a way to stay. Every act that the server answered begins the idle time anew. */
export function SessionWatch({ session, receivedAtMs, onStay }: SessionWatchProps) {
  const { idleUntil, endsAt, serverTime } = session
  const { onAct, lastActAtMs } = useApi()
  const lastActMs = useSyncExternalStore(onAct, lastActAtMs)
  const endsAtMs = Math.min(lastActMs + idleUntil - serverTime, receivedAtMs + endsAt - serverTime)
  const remainingMs = useRemaining(endsAtMs, onStay)
  const isNear = remainingMs > 0 && remainingMs <= Math.min(warnedMs, (idleUntil - serverTime) / 2)
  return <Suspense>{isNear && <SessionEndDialog endsAtMs={endsAtMs} onStay={onStay} />}</Suspense>
}
