import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useState } from 'react'
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

/** Warns before an idle session ends, with a way to stay. Every answer of the server begins the idle time anew. */
export function SessionWatch({ session, receivedAtMs, onStay }: SessionWatchProps) {
  const { idleUntil, endsAt, serverTime } = session
  const lastAnswerMs = useLastAnswer()
  const endsAtMs = Math.min(lastAnswerMs + idleUntil - serverTime, receivedAtMs + endsAt - serverTime)
  const remainingMs = useRemaining(endsAtMs, onStay)
  const isNear = remainingMs > 0 && remainingMs <= Math.min(warnedMs, (idleUntil - serverTime) / 2)
  return <Suspense>{isNear && <SessionEndDialog endsAtMs={endsAtMs} onStay={onStay} />}</Suspense>
}

/** When the server last answered a query. */
function useLastAnswer(): number {
  const queries = useQueryClient()
  const [lastMs, setLastMs] = useState(() => Date.now())
  useEffect(
    () =>
      queries.getQueryCache().subscribe((event) => {
        if (event.type === 'updated' && event.action.type === 'success') setLastMs(Date.now())
      }),
    [queries],
  )
  return lastMs
}
