import {
  type CloudAccess,
  CloudError,
  type CloudCalls,
  type CloudStanding,
  type SealedRecord,
} from '@driftlock/application'
import { type CloudCall, managerCalls, type TokencodeRecord } from '@driftlock/contracts'
import { step } from '@driftlock/domain'
import type { z } from 'zod'
import { type CloudClientParts, secondsNow } from './client-parts.ts'
import {
  keyBytes,
  type ManagerKeys,
  promoted,
  publicPair,
  readKeys,
  type SigningKey,
  thumbprintOf,
  withNext,
} from './manager-keys.ts'
import { openSeed } from './open-seed.ts'
import { parsedAnswer, refusalOf } from './parse-answer.ts'
import { type BelievedAnswer, exchange, type KeyLookup } from './signed-exchange.ts'
import { standingOf } from './standing.ts'

interface CallOptions {
  readonly query?: Readonly<Record<string, string | number>>
  readonly body?: unknown
  readonly timeoutMs?: number
}

/** Calls to the cloud as one manager, with what the answers so far have taught. */
export function openCloudCalls(parts: CloudClientParts, access: CloudAccess): CloudCalls {
  const caller = new SignedCaller(parts, access)
  const call = <C extends CloudCall>(one: C, options: CallOptions = {}) => caller.call(one, options)
  return {
    async status() {
      const answer = await call(managerCalls.status)
      const { recordCount, latestMarker, ...standing } = answer
      const told = standingOf(standing)
      caller.standing = told
      return { ...told, recordCount, latestMarker }
    },
    async feed(after, limit) {
      const { companyId, records, nextMarker, hasMore } = await call(managerCalls.feed, { query: { after, limit } })
      return { companyId, records: records.map(sealedRecord), nextMarker, hasMore }
    },
    async userRecords(attribute) {
      const { companyId, records } = await call(managerCalls.userRecords, { query: { attribute } })
      return { companyId, records: records.map(sealedRecord) }
    },
    async verify(serial, tokencode, timeoutMs) {
      const {
        outcome,
        reason,
        step: used,
      } = await call(managerCalls.verify, { body: { serial, tokencode }, timeoutMs })
      return { outcome, reason, step: stepOrNull(used) }
    },
    async reportSteps(steps) {
      const body = { steps: steps.map(({ serial, step: used }) => ({ serial, step: used.toString() })) }
      return (await call(managerCalls.reportSteps, { body })).unknown
    },
    async rotateKeys() {
      const file = await withNext((await caller.keys()).file)
      return { pending: keyBytes(file), carryOut: () => caller.changeKeys(file) }
    },
    openSeed: async (record) => openSeed(record, access.identity.managerId, await caller.keys()),
    learned: () => ({ skewSeconds: caller.skewSeconds, standing: caller.standing }),
  }
}

const LARGEST_STEP = 2n ** 63n - 1n

/** @throws CloudError for a step that no store holds. */
function stepOrNull(text: string | null) {
  if (text === null) return null
  const value = BigInt(text)
  if (value <= LARGEST_STEP) return step(value)
  throw new CloudError('CLOUD_ANSWER_INVALID', 'The cloud’s answer names a step beyond 2^63.')
}

function sealedRecord(record: TokencodeRecord): SealedRecord {
  const { lastUsedStep, ...rest } = record
  return { ...rest, lastUsedStep: stepOrNull(lastUsedStep) }
}

/** Signs calls, believes answers, and settles once what a refusal allows to settle: the clock, or which key is known. */
class SignedCaller {
  readonly #parts: CloudClientParts
  readonly #access: CloudAccess
  #keys: Promise<ManagerKeys> | undefined
  #signing: SigningKey | undefined
  /** How far the cloud's clock is ahead. */
  skewSeconds = 0
  standing: Partial<CloudStanding> = {}

  constructor(parts: CloudClientParts, access: CloudAccess) {
    this.#parts = parts
    this.#access = access
  }

  keys(): Promise<ManagerKeys> {
    this.#keys ??= readKeys(this.#access.keys)
    return this.#keys
  }

  async call<C extends CloudCall>(call: C, options: CallOptions): Promise<z.output<C['response']>> {
    let answer = await this.#ask(call, options)
    if (await this.#settled(answer)) answer = await this.#ask(call, options)
    if (answer.status >= 300) throw refusalOf(answer)
    return parsedAnswer<C['response']>(call.response, answer.body)
  }

  /** Tells the cloud of the new keys. @returns the keys to keep. */
  async changeKeys(file: ManagerKeys['file']): Promise<Uint8Array> {
    if (file.next === undefined) return keyBytes(file)
    this.#keys = readKeys(keyBytes(file))
    const { nextSigning } = await this.keys()
    try {
      await this.call(managerCalls.rotateKeys, { body: publicPair(file.next) })
    } catch (error) {
      // The cloud was told before, and the answer was lost: it knows the new key already.
      if (nextSigning === undefined || this.#signing?.kid !== nextSigning.kid) throw error
    }
    return keyBytes(promoted(file))
  }

  async #ask({ method, path }: CloudCall, { query, body, timeoutMs }: CallOptions): Promise<BelievedAnswer> {
    const { identity, timeoutMs: usualMs } = this.#access
    const text = new URLSearchParams(Object.entries(query ?? {}).map(([name, value]) => [name, String(value)]))
    const signing = this.#signing ?? (await this.keys()).signing
    return exchange({
      baseUrl: identity.baseUrl,
      issuer: identity.managerId,
      signing,
      method,
      target: query === undefined ? path : `${path}?${text}`,
      body: body === undefined ? undefined : Buffer.from(JSON.stringify(body)),
      timeoutMs: timeoutMs ?? usualMs,
      nowSeconds: secondsNow(this.#parts) + this.skewSeconds,
      nonce: this.#parts.random.bytes(18),
      believed: this.#believed,
    })
  }

  /** @returns whether the same call may be made once more. Only a signed refusal gets here. */
  async #settled(answer: BelievedAnswer): Promise<boolean> {
    if (answer.status < 300) return false
    const refusal = refusalOf(answer).facts['refusal']
    if (refusal === 'CLOCK_SKEW') {
      this.skewSeconds = answer.issuedAtSeconds - secondsNow(this.#parts)
      return true
    }
    const { nextSigning } = await this.keys()
    if (refusal !== 'UNKNOWN_KEY' || nextSigning === undefined || this.#signing === nextSigning) return false
    this.#signing = nextSigning
    return true
  }

  readonly #believed: KeyLookup = async (kid) => {
    const keys = this.standing.cloudKeys ?? this.#access.identity.cloudKeys
    const now = this.#parts.clock.now()
    for (const { key, validUntilMs } of keys) {
      const holds = validUntilMs === null || now + this.skewSeconds * 1000 <= validUntilMs
      if (holds && (await thumbprintOf(key)) === kid) return key
    }
    return undefined
  }
}
