import { createHash } from 'node:crypto'
import { AgentClientError } from '@driftlock/agent-client'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { OWN_PATH } from '../access/return-path.ts'
import type { OpenDialogue } from '../dialogue/open-dialogue.ts'
import { answerStep } from '../dialogue/turn.ts'
import { SECRET_LIMIT } from '../pages/log-on-page.ts'
import { STEP_PATH } from '../pages/message-page.ts'
import { questionPage } from '../pages/question-page.ts'
import { clearCookie } from './cookies.ts'
import {
  type Exchange,
  fieldOf,
  goTo,
  logOnAddress,
  pageSetting,
  sendEnding,
  sendPage,
  sessionOf,
  type WebAgentParts,
} from './exchange.ts'
import { isCrossSite } from './form-ticket.ts'
import { tokenKindOf } from './log-on.ts'
import { keepDialogue, openDialogueOf, takeTurn } from './take-turn.ts'

export function stepRoutes(app: FastifyInstance, parts: WebAgentParts): void {
  app.get(STEP_PATH, (request, reply) => showStep({ parts, request, reply }))
  app.post(STEP_PATH, (request, reply) => takeStep({ parts, request, reply }))
  app.post(`${OWN_PATH}/cancel`, (request, reply) => cancel({ parts, request, reply }))
}

/** The open question, whichever way the browser came: by going on, going back or reloading. */
function showStep(exchange: Exchange): FastifyReply {
  const dialogue = openDialogueOf(exchange)
  if (dialogue === undefined) return sendNoDialogue(exchange)
  if (dialogue.question.kind === 'system-pin') {
    // Nobody's PIN stays on a screen that was left: when the question expires the browser fetches the page that says so.
    const seconds = Math.max(1, Math.ceil((dialogue.expiresAt - exchange.parts.nowMs()) / 1000))
    void exchange.reply.header('refresh', `${seconds}; url=${STEP_PATH}`)
  }
  const tokenKind = tokenKindOf(exchange)
  return sendPage(exchange, questionPage(pageSetting(exchange), { dialogue, step: stepOf(dialogue), tokenKind }))
}

async function takeStep(exchange: Exchange): Promise<FastifyReply> {
  if (isCrossSite(exchange)) return sendEnding(exchange, 'crossSite')
  const { parts, request } = exchange
  const { body } = request
  const dialogue = openDialogueOf(exchange)
  if (dialogue === undefined) return sendNoDialogue(exchange)
  const step = fieldOf(body, 'step') ?? ''
  if (step !== stepOf(dialogue)) {
    const isOther = !step.startsWith(`${dialogue.id}.`)
    return sendEnding(exchange, isOther ? 'otherWindow' : 'stale', { returnTo: dialogue.returnTo })
  }
  const answer = fieldOf(body, 'answer')?.trim() ?? ''
  if (answer === '' || answer.length > SECRET_LIMIT) return goTo(exchange, STEP_PATH)
  if (dialogue.question.kind === 'new-pin' && answer !== fieldOf(body, 'again')?.trim()) {
    keepDialogue(exchange, { ...dialogue, question: { ...dialogue.question, problem: 'mismatch' } })
    return goTo(exchange, STEP_PATH)
  }
  const { username, returnTo } = dialogue
  const submission = [dialogue.id, dialogue.place.messageId, answer]
  const work = () => answerStep(parts, dialogue, answer)
  const taken = await takeTurn(exchange, { submission, username, returnTo, work, retry: 'step' })
  return taken === 'refused' ? sendEnding(exchange, 'denied', { returnTo }) : taken
}

async function cancel(exchange: Exchange): Promise<FastifyReply> {
  if (isCrossSite(exchange)) return sendEnding(exchange, 'crossSite')
  const { parts, request, reply } = exchange
  const dialogue = openDialogueOf(exchange)
  if (dialogue === undefined || fieldOf(request.body, 'step') !== stepOf(dialogue))
    return goTo(exchange, logOnAddress('/'))
  clearCookie(reply, 'dialogue')
  try {
    await parts.client.cancelAt(dialogue.place)
  } catch (error) {
    // It expires by itself; the user begins again either way.
    if (!(error instanceof AgentClientError)) throw error
    request.log.warn({ err: error }, 'a cancelled log-on could not be told to a manager')
  }
  return goTo(exchange, logOnAddress(dialogue.returnTo))
}

function sendNoDialogue(exchange: Exchange): FastifyReply {
  clearCookie(exchange.reply, 'dialogue')
  return sendEnding(exchange, sessionOf(exchange) === undefined ? 'expired' : 'already')
}

/** Names a step without telling the manager's message id to the page. */
function stepOf({ id, place }: OpenDialogue): string {
  return `${id}.${createHash('sha256').update(place.messageId).digest('base64url').slice(0, 16)}`
}
