import { type AttemptMemory, type Clock, type KeyRing, StoreError } from '@driftlock/application'
import { addMs, MS_PER_SECOND, type UnixMs } from '@driftlock/domain'
import type { NameValue, ResponseCode } from '@driftlock/contracts'
import type { AttemptStand, AttemptTicket } from './attempt-ticket.ts'

/** What is remembered of an attempt for `/status`. */
export interface AttemptRecord {
  readonly responseCode: ResponseCode
  readonly reasonCode: string
  readonly sessionAttributes: readonly NameValue[]
  readonly successfulMethods: readonly string[]
  readonly expiresAt: UnixMs
  /** Nothing may be told of it any more; it stays until it expires so that no old message revives it. */
  readonly removed: boolean
}

/** An attempt whose newest message was used up by this call. */
export interface ClaimedAttempt {
  /** Version in the memory that the next message advances from. */
  readonly version: number
  /** What the client gave with its first message; none where the attempt is not kept. */
  readonly sessionAttributes: readonly NameValue[]
}

export interface RegisterPorts {
  readonly memory: AttemptMemory
  readonly keys: KeyRing
  readonly clock: Clock
}

/** Beyond the attempt's own life: while this row is there no message that was sealed earlier is taken. */
const AFTERLIFE_MS = 60_000
export const LARGEST_TIMEOUT_SECONDS = 600
/** No row of the memory is kept for longer. */
export const LONGEST_ATTEMPT_MS = lifeMs(LARGEST_TIMEOUT_SECONDS)

/**
 * Which message of an attempt was answered last. The dialogue itself travels in the sealed message ids; the memory makes
 * each of them usable once, on any instance, and keeps results that are to be asked for.
 */
export class AttemptRegister {
  readonly #ports: RegisterPorts

  constructor(ports: RegisterPorts) {
    this.#ports = ports
  }

  /** Uses up the message a stand came with. @returns where the attempt stands then, or `undefined` when it was used before. */
  async claim(ticket: AttemptTicket, stand: AttemptStand): Promise<ClaimedAttempt | undefined> {
    const sessionAttributes = (await this.#keptAttributes(ticket)) ?? []
    const record: AttemptRecord = {
      responseCode: 'IN_PROCESS',
      reasonCode: 'AUTHENTICATION_REQUIRED',
      sessionAttributes,
      successfulMethods: stand.successfulMethods,
      expiresAt: stand.expiresAt,
      removed: false,
    }
    const isWritten = await this.#write(ticket, stand.version, record)
    return isWritten ? { version: stand.version + 1, sessionAttributes } : undefined
  }

  /** Stores what an attempt came to, if it is kept. @returns the version that the next message advances from. */
  async note(ticket: AttemptTicket, version: number, record: AttemptRecord): Promise<number> {
    if (!ticket.kept) return version
    return (await this.#write(ticket, version, record)) ? version + 1 : version
  }

  /** Ends an attempt whatever message is under way. */
  async end(ticket: AttemptTicket, record: AttemptRecord): Promise<void> {
    for (let round = 0; round < 8; round++) {
      const stored = await this.#ports.memory.find(ticket.id, this.#ports.clock.now())
      if (await this.#write(ticket, stored?.version ?? 0, record)) return
    }
    throw new StoreError('STORE_UNAVAILABLE', 'The attempt kept changing while it was to be ended.')
  }

  async find(ticket: AttemptTicket): Promise<AttemptRecord | undefined> {
    const stored = await this.#ports.memory.find(ticket.id, this.#ports.clock.now())
    return stored && this.#open(ticket, stored.state)
  }

  async #keptAttributes(ticket: AttemptTicket): Promise<readonly NameValue[] | undefined> {
    return ticket.kept ? (await this.find(ticket))?.sessionAttributes : undefined
  }

  async #write(ticket: AttemptTicket, from: number, record: AttemptRecord): Promise<boolean> {
    const { memory, clock, keys } = this.#ports
    const state = keys.seal('setting', contextOf(ticket), Buffer.from(JSON.stringify(record)))
    const row = {
      id: ticket.id,
      state,
      expiresAt: addMs(clock.now(), lifeMs(ticket.timeoutSeconds)),
      version: from + 1,
    }
    if (from > 0) return await memory.advance(row)
    try {
      await memory.insert(row)
      return true
    } catch (error) {
      if (error instanceof StoreError && error.code === 'ALREADY_EXISTS') return false
      throw error
    }
  }

  #open(ticket: AttemptTicket, state: Uint8Array): AttemptRecord {
    const content = this.#ports.keys.open('setting', contextOf(ticket), state)
    return JSON.parse(Buffer.from(content).toString()) as AttemptRecord // the seal says that #write wrote it
  }
}

function lifeMs(timeoutSeconds: number): number {
  return 2 * timeoutSeconds * MS_PER_SECOND + AFTERLIFE_MS
}

function contextOf({ id }: AttemptTicket) {
  return { table: 'attempts', column: 'state', row: id }
}
