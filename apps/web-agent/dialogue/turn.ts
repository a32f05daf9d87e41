import { randomUUID } from 'node:crypto'
import { type AgentClient, AgentClientError, type AgentDialogue } from '@driftlock/agent-client'
import type { Visitor } from '../access/rules.ts'
import { type OpenDialogue, pageQuestion } from './open-dialogue.ts'

/** What came of a form that was sent. */
export type Turn =
  | { readonly type: 'in'; readonly visitor: Visitor; readonly returnTo: string }
  | { readonly type: 'ask'; readonly dialogue: OpenDialogue }
  | { readonly type: 'refused' }
  | { readonly type: 'ended'; readonly ending: 'denied' | 'expired' | 'stale' }

/** Seconds the manager waits for each answer. */
export const DIALOGUE_SECONDS = 180

export interface LogOnEntry {
  readonly username: string
  readonly passcode: string
  readonly returnTo: string
}

interface Ports {
  readonly client: AgentClient
  readonly nowMs: () => number
}

/** User ID and passcode. @throws AgentClientError when no manager could decide. */
export async function beginLogOn({ client, nowMs }: Ports, entry: LogOnEntry): Promise<Turn> {
  const { username, passcode, returnTo } = entry
  const begun = await client.begin(username, { passcode, attemptTimeoutSeconds: DIALOGUE_SECONDS })
  const turn = turnOf(begun, { id: randomUUID(), username, returnTo, before: undefined, nowMs: nowMs() })
  return turn.type === 'ended' ? { type: 'refused' } : turn
}

/** The answer to an open question. @throws AgentClientError when no manager could decide. */
export async function answerStep({ client, nowMs }: Ports, dialogue: OpenDialogue, value: string): Promise<Turn> {
  const { id, place, question, username, returnTo } = dialogue
  try {
    const next = await client.answerAt(place, { methodId: question.methodId, value })
    return turnOf(next, { id, username, returnTo, before: question.kind, nowMs: nowMs() })
  } catch (error) {
    if (!(error instanceof AgentClientError) || error.code !== 'ATTEMPT_DEAD') throw error
    return { type: 'ended', ending: error.reasonCode === 'OUT_OF_SEQUENCE' ? 'stale' : 'expired' }
  }
}

interface About {
  readonly id: string
  readonly username: string
  readonly returnTo: string
  readonly before: OpenDialogue['question']['kind'] | undefined
  readonly nowMs: number
}

function turnOf({ step, place }: AgentDialogue, { id, username, returnTo, before, nowMs }: About): Turn {
  switch (step.state) {
    case 'accepted':
      return { type: 'in', visitor: { username: nameOf(username), groups: step.groups, loggedOnAt: nowMs }, returnTo }
    case 'denied':
      return { type: 'ended', ending: 'denied' }
    case 'question': {
      const question = pageQuestion(step.question, before)
      const expiresAt = nowMs + DIALOGUE_SECONDS * 1000
      return { type: 'ask', dialogue: { id, place, username, returnTo, question, expiresAt } }
    }
  }
}

/** Managers find users whatever the case; sites behind the agent must not take ADA and ada for two people. */
function nameOf(username: string): string {
  return username.normalize('NFC').trim().toLowerCase()
}
