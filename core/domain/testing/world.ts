import type { Challenge } from '../authentication/challenge.ts'
import type { ConditionalChanges } from '../authentication/conditional-changes.ts'
import { decide } from '../authentication/decide.ts'
import type { Decision, Snapshot } from '../authentication/decision.ts'
import { type GuessRecord, NO_GUESSES, type User } from '../directory/user.ts'
import { effectiveLock, failuresInRow } from '../lockout/guess-budget.ts'
import { INITIAL_POLICIES } from '../policy/defaults.ts'
import type { LockoutPolicy, PinPolicy, TokenPolicy } from '../policy/policies.ts'
import { type ResyncDecision, type ResyncRequest, resynchronise } from '../resync/resynchronise.ts'
import { addMs, MS_PER_SECOND, type UnixMs } from '../time.ts'
import type { Token, TokenRecord, TokenState } from '../token/token.ts'
import { testPinKeys } from './pin-keys.ts'
import { ALICES_PIN, aToken, NOON, passcodeOf, wrongCode } from './tokens.ts'

export interface WorldSpec {
  readonly tokens?: readonly Token[]
  readonly user?: Partial<User>
  readonly pin?: Partial<PinPolicy>
  readonly policy?: Partial<TokenPolicy>
  readonly lockout?: Partial<LockoutPolicy>
  readonly clockInDoubt?: boolean
}

/** Alice, her tokens and a store that keeps its promises: what is decided is committed under its condition, or it throws. */
export class World {
  now: UnixMs = NOON
  user: User
  tokens: readonly Token[]
  tokenPolicy: TokenPolicy
  lockoutPolicy: LockoutPolicy
  clockInDoubt: boolean
  /** The last question that is still unanswered, as the client carries it. */
  challenge: Challenge | undefined

  constructor({ tokens = [aToken()], user, pin, policy, lockout, clockInDoubt = false }: WorldSpec = {}) {
    this.tokens = tokens
    const initial = INITIAL_POLICIES.token
    this.tokenPolicy = { ...initial, ...policy, pin: { ...initial.pin, ...pin } }
    this.lockoutPolicy = { ...INITIAL_POLICIES.lockout, ...lockout }
    this.clockInDoubt = clockInDoubt
    this.user = {
      id: 'alice',
      username: 'alice',
      securityDomainId: 'root',
      enabled: true,
      startsAt: null,
      expiresAt: null,
      version: 1,
      guesses: NO_GUESSES,
      ...user,
    }
  }

  get snapshot(): Snapshot {
    const { user, tokens, tokenPolicy, lockoutPolicy } = this
    return {
      user,
      tokens,
      tokenPolicy,
      lockoutPolicy,
      pinKeys: testPinKeys(),
      serverClockInDoubt: this.clockInDoubt,
    }
  }

  token(id = 'token-1'): Token {
    const found = this.tokens.find(({ record }) => record.id === id)
    if (found === undefined) throw new Error(`no token ${id}`)
    return found
  }

  state(id?: string): TokenState {
    return this.token(id).state
  }

  /** Failures that count now. */
  get failures(): number {
    return failuresInRow(this.user.guesses, { policy: this.lockoutPolicy, now: this.now })
  }

  get isLocked(): boolean {
    return effectiveLock(this.user.guesses, this.lockoutPolicy, this.now) !== undefined
  }

  /** Lets time pass. */
  wait(seconds: number): this {
    this.now = addMs(this.now, seconds * MS_PER_SECOND)
    return this
  }

  /** One passcode, decided and committed. */
  enter(passcode: string): Decision {
    return this.#settle(decide(this.snapshot, { type: 'passcode', passcode }, this.#at()))
  }

  /** The answer to the open question (or to the one given), decided and committed. */
  answer(answer: string, challenge = this.challenge): Decision {
    return this.#settle(decide(this.snapshot, { type: 'answer', challenge, answer }, this.#at()))
  }

  /** Alice's passcode by what the token shows now (`off` steps away from the right code). */
  login(off = 0, pin: string = ALICES_PIN, id?: string): Decision {
    return this.enter(passcodeOf(this.token(id), this.now, { pin, off }))
  }

  /** Good PIN, wrong code, another one each time. */
  fail(times = 1, pin: string = ALICES_PIN): void {
    const { now } = this
    for (let count = 0; count < times; count++) {
      const token = this.tokens[0] ?? aToken()
      const code = wrongCode(token, now, this.user.guesses.failedAt.length * 1000 + count)
      this.enter(token.record.passcodeStyle === 'fob' ? pin + code : code)
    }
  }

  resync(request: Omit<ResyncRequest, 'tokenId'>, id = 'token-1'): ResyncDecision {
    const decision = resynchronise(this.snapshot, { tokenId: id, ...request }, this.now)
    this.#commit(decision)
    return decision
  }

  /** An administrator's change of a token's state or record. */
  administer({ state, record }: { state?: Partial<TokenState>; record?: Partial<TokenRecord> }, id = 'token-1'): this {
    this.#replace(id, (token) => ({
      ...token,
      record: { ...token.record, ...record },
      state: { ...token.state, ...state, version: token.state.version + 1 },
    }))
    return this
  }

  /** An administrator unlocks the user. */
  unlock(): this {
    this.#setGuesses(NO_GUESSES)
    return this
  }

  #at() {
    return {
      now: this.now,
      entropy: new Uint8Array(64).fill(this.tokens.reduce((sum, { state }) => sum + state.version, this.user.version)),
    }
  }

  #settle(decision: Decision): Decision {
    this.#commit(decision)
    if (decision.outcome === 'challenge') this.challenge = decision.challenge
    return decision
  }

  #commit({ changes, condition }: ConditionalChanges): void {
    if (condition.userId !== this.user.id || condition.userVersion !== this.user.version)
      throw new Error('user changed')
    for (const { tokenId, version, highWaterBelow } of condition.tokens) {
      const { state } = this.token(tokenId)
      if (state.version !== version) throw new Error('token changed')
      if (highWaterBelow !== undefined && state.highWaterStep >= highWaterBelow) throw new Error('step was used')
    }
    for (const change of changes.tokens) {
      this.#replace(change.tokenId, (token) => changed(token, change))
    }
    if (changes.guesses !== undefined) this.#setGuesses(changes.guesses)
  }

  #setGuesses(guesses: GuessRecord): void {
    this.user = { ...this.user, version: this.user.version + 1, guesses }
  }

  #replace(id: string, next: (token: Token) => Token): void {
    this.token(id)
    this.tokens = this.tokens.map((token) => (token.record.id === id ? next(token) : token))
  }
}

function changed(token: Token, { state, promotePendingSeed }: ConditionalChanges['changes']['tokens'][number]): Token {
  const { pendingSeed, ...kept } = token
  if (!promotePendingSeed) return { ...token, state }
  if (pendingSeed === undefined) throw new Error('there is no pending seed to promote')
  return { ...kept, state, seed: pendingSeed, voidedSeeds: [token.seed, ...(token.voidedSeeds ?? [])] }
}
