import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock, KeyRing, SharedAnswers } from '@driftlock/application'
import { addMs } from '@driftlock/domain'
import { openAnswer, sealAnswer } from './carried-answer.ts'
import type { RadiusAnswer } from './ports.ts'

export interface AnswerOncePorts {
  readonly keys: Pick<KeyRing, 'sealText' | 'openText'>
  readonly clock: Clock
  /** Given where several instances share a store. */
  readonly shared?: SharedAnswers
  /** A failure of the shared memory after the answer was decided; the answer itself is sent. */
  readonly onError: (error: unknown) => void
}

/**
 * Decides on a request. `taken` must be awaited before anything is made true: when it rejects, another instance has taken
 * the request up, and nothing may come of this call.
 */
export type Evaluation = (taken: () => Promise<void>) => Promise<RadiusAnswer>

/** RFC 5080 §2.2.2 asks for 5 to 30 s; clients repeat a packet for about ten. */
const MEMORY_MS = 30_000
const MAX_REMEMBERED = 65_536
/** Clients give up on a copy after three seconds and more. */
const PATIENCE_MS = 2_500
const FIRST_PAUSE_MS = 10

class TakenElsewhere extends Error {}

/**
 * One evaluation for all copies of a request, through whatever socket, transport or instance they come (RFC 5080 §2.2.2
 * knows one socket only). A copy waits for the answer of the first; if that does not come, it is met with silence, never with
 * a second evaluation, which would take the passcode for a replay.
 */
export class AnswerOnce {
  readonly #ports: AnswerOncePorts
  readonly #known = new Map<string, { readonly answer: Promise<RadiusAnswer>; readonly sinceMs: number }>()

  constructor(ports: AnswerOncePorts) {
    this.#ports = ports
  }

  answer(requestKey: string, evaluate: Evaluation): Promise<RadiusAnswer> {
    const nowMs = this.#ports.clock.monotonicMs()
    this.#expire(nowMs)
    const known = this.#known.get(requestKey)
    if (known !== undefined) return known.answer
    const answer = this.#evaluate(requestKey, evaluate)
    this.#known.set(requestKey, { answer, sinceMs: nowMs })
    const forget = () => void this.#known.delete(requestKey)
    void answer.then((given) => (given.code === 'silence' ? forget() : undefined), forget)
    return answer
  }

  async #evaluate(requestKey: string, evaluate: Evaluation): Promise<RadiusAnswer> {
    const { shared, clock, onError } = this.#ports
    if (shared === undefined) return evaluate(async () => undefined)
    // Asked beside the look-up of the user, so that a login waits for the longer of the two.
    const claim = shared.claim(requestKey, addMs(clock.now(), MEMORY_MS))
    claim.catch(() => undefined) // an evaluation that fails first never asks
    try {
      const answer = await evaluate(async () => {
        if (!(await claim)) throw new TakenElsewhere()
      })
      if (answer.code === 'silence') await shared.forget(requestKey)
      else shared.remember(requestKey, sealAnswer(this.#ports.keys, requestKey, answer)).catch(onError)
      return answer
    } catch (error) {
      if (error instanceof TakenElsewhere) return this.#answerOfAnother(requestKey, shared)
      if (!isInDoubt(error)) void shared.forget(requestKey).catch(onError)
      throw error
    }
  }

  async #answerOfAnother(requestKey: string, shared: SharedAnswers): Promise<RadiusAnswer> {
    const { clock, keys } = this.#ports
    const startMs = clock.monotonicMs()
    for (let pauseMs = FIRST_PAUSE_MS; clock.monotonicMs() - startMs < PATIENCE_MS; pauseMs *= 2) {
      const sealed = await shared.find(requestKey, clock.now())
      const answer = sealed && openAnswer(keys, requestKey, sealed)
      if (answer !== undefined) return answer
      await sleep(Math.min(pauseMs, 200))
    }
    return { code: 'silence' }
  }

  // In order of `sinceMs`: the old ones are in front.
  #expire(nowMs: number): void {
    for (const [key, { sinceMs }] of this.#known) {
      if (nowMs - sinceMs < MEMORY_MS && this.#known.size < MAX_REMEMBERED) break
      this.#known.delete(key)
    }
  }
}

/** The first evaluation may have been made true: then a copy must not be decided on. */
function isInDoubt(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'COMMIT_IN_DOUBT'
}
