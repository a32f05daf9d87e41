import type { AgentQuestion, DialoguePlace } from '@driftlock/agent-client'
import { z } from 'zod'

/** What a page has to know of a question; everything else stays with the manager. */
export interface PageQuestion {
  readonly kind: 'passcode' | 'passcode-after-new-pin' | 'next-tokencode' | 'new-pin' | 'system-pin' | 'other'
  readonly methodId: string
  /** The manager's own words. */
  readonly text: string
  readonly sensitive: boolean
  readonly minLength: number | null
  readonly maxLength: number | null
  readonly formatRegex: string | null
  /** Seconds until the code changes, at most; 0 = a token with a button; null = not told. */
  readonly intervalSeconds: number | null
  readonly isPinpad: boolean
  readonly systemPin: string | null
  readonly problem: 'wrong' | 'mismatch' | null
  /** Codes of what is wrong with the PIN that was refused. */
  readonly pinFaults: readonly string[]
}

/** A log-on under way, as the browser carries it, sealed. */
export interface OpenDialogue {
  /** The same for all steps of one log-on. */
  readonly id: string
  readonly place: DialoguePlace
  readonly username: string
  readonly returnTo: string
  readonly question: PageQuestion
  /** Milliseconds since the epoch; the manager takes no answer afterwards. */
  readonly expiresAt: number
}

const dialogueSchema = z.object({
  id: z.string(),
  place: z.object({ attemptId: z.string(), messageId: z.string() }),
  username: z.string(),
  returnTo: z.string(),
  question: z.object({
    kind: z.enum(['passcode', 'passcode-after-new-pin', 'next-tokencode', 'new-pin', 'system-pin', 'other']),
    methodId: z.string(),
    text: z.string(),
    sensitive: z.boolean(),
    minLength: z.number().nullable(),
    maxLength: z.number().nullable(),
    formatRegex: z.string().nullable(),
    intervalSeconds: z.number().nullable(),
    isPinpad: z.boolean(),
    systemPin: z.string().nullable(),
    problem: z.enum(['wrong', 'mismatch']).nullable(),
    pinFaults: z.array(z.string()),
  }),
  expiresAt: z.number(),
})

/** @returns the dialogue a cookie held, or `undefined` for anything else. */
export function readDialogue(value: unknown): OpenDialogue | undefined {
  const read = dialogueSchema.safeParse(value)
  return read.success ? read.data : undefined
}

/** @param before Kind of the question that was just answered. */
export function pageQuestion(question: AgentQuestion, before: PageQuestion['kind'] | undefined): PageQuestion {
  const { methodId, text, sensitive, minLength, maxLength, formatRegex, details, systemPin } = question
  const seconds = question.kind === 'next-tokencode' && details[0] !== undefined ? Number(details[0]) : Number.NaN
  return {
    kind: kindOf(question, before),
    methodId,
    text,
    sensitive,
    minLength,
    maxLength,
    formatRegex,
    intervalSeconds: Number.isInteger(seconds) && seconds >= 0 && seconds <= 3600 ? seconds : null,
    isPinpad: question.kind === 'next-tokencode' && details[1] === 'pinpad',
    systemPin,
    problem: question.previousAnswerWrong ? 'wrong' : null,
    // After the two lengths; see the agent API's prompt of a new PIN.
    pinFaults: question.kind === 'new-pin' ? details.slice(2) : [],
  }
}

const AFTER_NEW_PIN: ReadonlySet<PageQuestion['kind'] | undefined> = new Set([
  'new-pin',
  'system-pin',
  'passcode-after-new-pin',
] as const)

function kindOf({ kind }: AgentQuestion, before: PageQuestion['kind'] | undefined): PageQuestion['kind'] {
  if (kind === 'emergency-tokencode') return 'passcode'
  return kind === 'passcode' && AFTER_NEW_PIN.has(before) ? 'passcode-after-new-pin' : kind
}
