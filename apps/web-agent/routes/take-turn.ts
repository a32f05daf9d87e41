import { AgentClientError } from '@driftlock/agent-client'
import type { FastifyReply } from 'fastify'
import { DIALOGUE_SECONDS, type Turn } from '../dialogue/turn.ts'
import { type OpenDialogue, readDialogue } from '../dialogue/open-dialogue.ts'
import { STEP_PATH } from '../pages/message-page.ts'
import { clearCookie, cookieOf, setCookie } from './cookies.ts'
import { clientOf, type Exchange, goTo, sendEnding } from './exchange.ts'
import { browserBinding } from './form-ticket.ts'

export interface TurnToTake {
  /** What makes a submission the same as another: it is then done once. */
  readonly submission: readonly string[]
  readonly username: string
  readonly returnTo: string
  readonly work: () => Promise<Turn>
  /** Where to try again when no manager answers; absent = at the log-on form. */
  readonly retry?: 'step'
}

/** Puts what was typed to a manager, and sends the browser on. @returns `refused` = back to the log-on form. */
export async function takeTurn(exchange: Exchange, turn: TurnToTake): Promise<FastifyReply | 'refused'> {
  const { once, attempts } = exchange.parts
  const { submission, username, returnTo, work, retry } = turn
  const { ip } = exchange.request
  try {
    const taken = await once.do(submission, async () => {
      if (attempts.byAddress.isSpent(ip) || attempts.byUser.isSpent(username.toLowerCase())) throw new Throttled()
      attempts.byAddress.spend(ip)
      attempts.byUser.spend(username.toLowerCase())
      return work()
    })
    return finishTurn(exchange, taken, returnTo)
  } catch (error) {
    const again = { returnTo, ...(retry !== undefined && { retry }) }
    if (error instanceof Throttled) return sendEnding(exchange, 'throttled', again)
    if (!(error instanceof AgentClientError)) throw error
    exchange.request.log.error({ err: error }, 'no authentication manager decided')
    return sendEnding(exchange, error.code === 'MANAGERS_UNREACHABLE' ? 'unavailable' : 'error', again)
  }
}

class Throttled extends Error {}

function finishTurn(exchange: Exchange, turn: Turn, returnTo: string): FastifyReply | 'refused' {
  const { parts, request, reply } = exchange
  switch (turn.type) {
    case 'in': {
      const value = parts.sessions.begin(turn.visitor, clientOf(request))
      setCookie(reply, 'session', { value })
      clearCookie(reply, 'dialogue')
      request.log.info({ username: turn.visitor.username }, 'logged on')
      return goTo(exchange, turn.returnTo)
    }
    case 'ask':
      keepDialogue(exchange, turn.dialogue)
      return goTo(exchange, STEP_PATH)
    case 'refused':
      return 'refused'
    case 'ended':
      // A stale answer leaves the newer question where it is.
      if (turn.ending !== 'stale') clearCookie(reply, 'dialogue')
      return sendEnding(exchange, turn.ending, { returnTo })
  }
}

/** The browser carries the dialogue on, sealed for itself. */
export function keepDialogue(exchange: Exchange, dialogue: OpenDialogue): void {
  const { parts, reply } = exchange
  const bound = browserBinding(exchange)
  if (bound === undefined) return
  const value = parts.seal.seal('dialogue', bound, dialogue)
  // A little longer than the dialogue itself, so that its end can be told from a cookie that was never there.
  setCookie(reply, 'dialogue', { value, maxAgeSeconds: 2 * DIALOGUE_SECONDS })
}

export function openDialogueOf(exchange: Exchange): OpenDialogue | undefined {
  const text = cookieOf(exchange.request, 'dialogue')
  const bound = browserBinding(exchange)
  if (text === undefined || bound === undefined) return undefined
  const dialogue = readDialogue(exchange.parts.seal.open('dialogue', bound, text))
  return dialogue !== undefined && dialogue.expiresAt > exchange.parts.nowMs() ? dialogue : undefined
}
