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
  const restMs = BEAT_MS - ((clock.monotonicMs() - arrivedMs) % BEAT_MS)
  return new Promise((resolve) => setTimeout(resolve, restMs, judgement))
}
