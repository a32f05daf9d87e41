import type { KeyRing, Random } from '@driftlock/application'
import { type UnixMs, unixMs } from '@driftlock/domain'
import type { MethodId } from '@driftlock/contracts'
import type { PromptLanguage } from './prompts.ts'

/** What an attempt id carries, sealed: it does not change while the attempt lasts. */
export interface AttemptTicket {
  /** Key of the attempt in the memory. */
  readonly id: string
  readonly agentId: string
  readonly subjectName: string
  readonly timeoutSeconds: number
  /** Whether its result is kept for `/status`. */
  readonly kept: boolean
  readonly policyId: string | null
  /** Of the texts that the user reads. */
  readonly language: PromptLanguage
}

/** What a message id of the server carries, sealed and bound to its attempt: where the dialogue stands. */
export interface AttemptStand {
  /** Version in the memory that the next message advances from; 0 = nothing is stored yet. */
  readonly version: number
  readonly wrongAnswers: number
  readonly expiresAt: UnixMs
  /** The open question of the dialogue; null = a plain passcode prompt. */
  readonly sealedChallenge: string | null
  /** Which methods may answer. */
  readonly methods: readonly MethodId[]
  readonly successfulMethods: readonly string[]
}

const TICKET_BOUND = ['agent-attempt']

/** Reads and writes the two ids of an attempt. Only this deployment can make or open them, any instance can. */
export interface AttemptIds {
  newTicket(parts: Omit<AttemptTicket, 'id'>): AttemptTicket
  sealId(ticket: AttemptTicket): string
  /** @returns `undefined` for an id that is not ours. */
  openId(attemptId: string): AttemptTicket | undefined
  sealStand(ticket: AttemptTicket, stand: AttemptStand): string
  /** @returns `undefined` for a message id that is not ours, or not of this attempt. */
  openStand(ticket: AttemptTicket, messageId: string): AttemptStand | undefined
}

export function attemptIds({ keys, random }: { readonly keys: KeyRing; readonly random: Random }): AttemptIds {
  return {
    newTicket: (parts) => ({ ...parts, id: Buffer.from(random.bytes(15)).toString('base64url') }),
    sealId({ id, agentId, subjectName, timeoutSeconds, kept, policyId, language }) {
      const content = bytesOf([id, agentId, subjectName, timeoutSeconds, kept ? 1 : 0, policyId, language])
      return keys.sealText('challenge', TICKET_BOUND, content)
    },
    openId(attemptId) {
      const content = keys.openText('challenge', TICKET_BOUND, attemptId)
      return content && readTicket(content)
    },
    sealStand: (ticket, { version, wrongAnswers, expiresAt, sealedChallenge, methods, successfulMethods }) =>
      keys.sealText(
        'challenge',
        standBound(ticket),
        bytesOf([version, wrongAnswers, expiresAt, sealedChallenge, methods, successfulMethods]),
      ),
    openStand(ticket, messageId) {
      const content = keys.openText('challenge', standBound(ticket), messageId)
      return content && readStand(content)
    },
  }
}

function standBound({ id }: AttemptTicket): readonly string[] {
  return ['agent-message', id]
}

function bytesOf(parts: readonly unknown[]): Uint8Array {
  return Buffer.from(JSON.stringify(parts))
}

function partsOf(content: Uint8Array): unknown {
  return JSON.parse(Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString())
}

type TicketParts = [string, string, string, number, 0 | 1, string | null, PromptLanguage?]

function readTicket(content: Uint8Array): AttemptTicket {
  const parts = partsOf(content) as TicketParts // the seal says that sealId wrote it
  // An instance of an earlier version seals none; its texts are English.
  const [id, agentId, subjectName, timeoutSeconds, kept, policyId, language = 'en'] = parts
  return { id, agentId, subjectName, timeoutSeconds, kept: kept === 1, policyId, language }
}

type StandParts = [number, number, number, string | null, MethodId[], string[]]

function readStand(content: Uint8Array): AttemptStand {
  const parts = partsOf(content) as StandParts // the seal says that sealStand wrote it
  const [version, wrongAnswers, expiresAt, sealedChallenge, methods, successfulMethods] = parts
  return { version, wrongAnswers, expiresAt: unixMs(expiresAt), sealedChallenge, methods, successfulMethods }
}
