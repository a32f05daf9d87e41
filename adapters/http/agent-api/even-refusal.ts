import type { Clock } from '@driftlock/application'
import type { Judgement } from './judge-answer.ts'

/** Longer than any judgement takes on a machine at ease. */
const BEAT_MS = 20

/**
 * Lets refusals go on a beat counted from their arrival: a wrong passcode writes more than a name that nobody has, and how
 * long an answer took shall not tell which it was. What is accepted goes at once.
 */
export async function evenRefusal(
  clock: Pick<Clock, 'monotonicMs'>,
  judge: () => Promise<Judgement>,
): Promise<Judgement> {
  const arrivedMs = clock.monotonicMs()
  const judgement = await judge()
  if (judgement.type !== 'wrong') return judgement
  const beats = Math.floor((clock.monotonicMs() - arrivedMs) / BEAT_MS) + 1
  const dueMs = arrivedMs + beats * BEAT_MS
  // A timer counts whole milliseconds from when its turn began, so it may ring early, the earlier the longer that turn was.
  for (;;) {
    const restMs = dueMs - clock.monotonicMs()
    if (restMs <= 0) return judgement
    await new Promise((resolve) => setTimeout(resolve, Math.ceil(restMs)))
  }
}
