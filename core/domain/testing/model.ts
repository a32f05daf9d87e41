/**
 * A second, simple description of the log-on, written from the documents and not from the code: numbers, no cryptography,
 * one object that changes. A code is "the code of step n of token t"; a passcode is told by what was typed. Times in seconds.
 */

export interface ModelToken {
  readonly kind: 'time' | 'counter'
  readonly style: 'fob' | 'pinpad' | 'tokencode-only'
  used: number
  bad: number
  pin: string | null
  proposed: string | null
  mustChange: boolean
  /** The last three PINs that were replaced. */
  earlier: readonly string[]
  /** Steps whose dialogue is over. */
  dialogueOver: number
  acceptedAt: number
  enabled: boolean
  lost: boolean
  emergency: { readonly unused: Set<string>; readonly codes: readonly string[]; rule: string; endsAt: number } | null
}

/** What was typed: a PIN, and the code of a step of a token, or some other text where the code should be. */
export interface Typed {
  readonly pin: string
  readonly code: { readonly token: number; readonly step: number } | { readonly text: string }
  /** The whole text as it was sent. */
  readonly text: string
}

export interface ModelPolicy {
  readonly response: 'lock' | 'delay' | 'both'
  readonly missLocks: boolean
}

/** Steps either way: authentication-manager §1.1 for a key fob; for event tokens small 3, medium 7, large 100 codes ahead. */
const REACH = { time: [1, 3, 10], counter: [2, 6, 99] } as const
const CODE_LENGTH = 8
const NEXT_AFTER = 3
const LOCK_AFTER = 5
const DAY = 86_400
const UNLOCK_AFTER = 1800
const RESEND = 30

interface Reading {
  readonly token: number
  readonly emergency: string | null
  /** Right, or none needed. */
  readonly pinRight: boolean
  readonly byProposed: boolean
  readonly code: 'good' | 'last' | 'old' | 'none' | 'unreadable'
  readonly step: number
  readonly away: number
  readonly barred: boolean
  /** A PIN mixed into the code cannot be told wrong by itself. */
  readonly mixed: boolean
}

type CodeReading = Pick<Reading, 'pinRight' | 'code'> & Partial<Reading>

const UNREADABLE: CodeReading = { pinRight: false, code: 'unreadable' }

/** A PIN has 4 to 8 characters. */
function isPinLength(pin: string): boolean {
  return pin.length >= 4 && pin.length <= 8
}

interface Question {
  readonly type: 'next' | 'pin' | 'confirm' | 'passcode'
  readonly token: number
  readonly step: number
  readonly until: number
  readonly byProposed: boolean
  readonly first: string
}

type Answer = 'accept' | 'reject' | 'next-tokencode' | 'new-pin' | 'confirm-pin' | 'passcode-after-new-pin'

export class Model {
  readonly tokens: ModelToken[]
  readonly policy: ModelPolicy
  now: number
  /** When the failures in a row were, and which of them had one of the two factors right. */
  failed: { at: number; guess: boolean }[] = []
  lockedAt: number | null = null
  recent: { text: string; at: number }[] = []
  question: Question | undefined

  constructor(tokens: ModelToken[], policy: ModelPolicy, now: number) {
    this.tokens = tokens
    this.policy = policy
    this.now = now
  }

  get locked(): boolean {
    return this.lockedAt !== null && this.now < this.lockedAt + UNLOCK_AFTER
  }

  /** Failures of the last day; while locked, those that led to it. */
  get failures(): number {
    if (this.lockedAt !== null && !this.locked) return 0
    const end = this.lockedAt ?? this.now
    return this.failed.filter(({ at }) => at >= end - DAY).length
  }

  get paused(): boolean {
    const guesses = this.failed.filter(({ guess }) => guess)
    const last = guesses.at(-1)
    if (this.policy.response === 'lock' || last === undefined) return false
    const count = guesses.filter(({ at }) => at >= last.at - DAY).length
    return count >= 3 && this.now < last.at + Math.min(900, 5 * 2 ** (count - 3))
  }

  /** Where a time token stands; a counter token's next code. */
  expected(index: number): number {
    const token = this.at(index)
    return token.kind === 'time' ? Math.floor(this.now / 60) : token.used + 1
  }

  passcode(typed: Typed): Answer {
    const readings = this.tokens.flatMap((_, index) => this.#read(index, typed))
    if (this.locked) return 'reject'
    const isGuess = readings.some((r) => r.pinRight || ['good', 'last', 'old'].includes(r.code) || r.mixed)
    if (this.paused && isGuess) return 'reject'
    const good = readings.filter((r) => r.code === 'good' && r.pinRight && !r.barred)
    const best = good.toSorted((one, other) => this.#distance(one) - this.#distance(other))[0]
    if (best === undefined) return this.#refuse(typed.text, readings, isGuess)
    return best.emergency === null ? this.#admit(best) : this.#standIn(best)
  }

  /** The answer to the last question; for the next code `typed` says whose it is, else its text counts. */
  answer(typed: Typed): Answer {
    const asked = this.question
    if (asked === undefined) return 'reject'
    const token = this.at(asked.token)
    if (this.locked || !token.enabled || this.#isWithheld(token) || this.now >= asked.until) return 'reject'
    if (asked.type === 'passcode') return this.passcode(typed)
    if (token.dialogueOver >= asked.step || token.used !== asked.step) return 'reject'
    switch (asked.type) {
      case 'next':
        return this.#next(asked, token, typed)
      case 'pin':
        return this.#choose(asked, token, typed.text)
      case 'confirm':
        return this.#confirm(asked, token, typed.text)
    }
  }

  at(index: number): ModelToken {
    const token = this.tokens[index]
    if (token === undefined) throw new Error(`the model has no token ${index}`)
    return token
  }

  #read(index: number, typed: Typed): Reading[] {
    const token = this.at(index)
    const base = { token: index, emergency: null, byProposed: false, step: -1, away: 0, mixed: false }
    const barred = !token.enabled || this.#isWithheld(token)
    const byCode = { ...base, barred, ...this.#readCode(index, typed) }
    return token.emergency === null ? [byCode] : [...this.#readEmergency(index, typed), byCode]
  }

  #readCode(index: number, typed: Typed): CodeReading {
    const token = this.at(index)
    if (!/^\d{8}$/.test(typed.text.slice(-CODE_LENGTH))) return UNREADABLE
    const mixes = token.style === 'pinpad' && (token.pin !== null || token.proposed !== null)
    const mine = 'step' in typed.code && typed.code.token === index
    if (mixes) return this.#readMixed(token, typed, mine)
    // A PIN that the user mixed in for a PINPad token makes another number of the code.
    const asShown = token.style !== 'pinpad' || typed.pin === ''
    return this.#readInFront(token, typed, mine && asShown)
  }

  #readMixed(token: ModelToken, typed: Typed, mine: boolean): CodeReading {
    if (typed.text.length !== CODE_LENGTH) return UNREADABLE
    const { pin } = typed
    const known = pin === '' ? token.pin === null : pin === token.pin || pin === token.proposed
    const found = mine && known ? this.#place(token, typed) : ({ code: 'none' } as const)
    if (found.code === 'none') return { pinRight: false, code: 'none', mixed: true }
    return { pinRight: true, byProposed: pin !== '' && pin === token.proposed, ...found }
  }

  #readInFront(token: ModelToken, typed: Typed, mine: boolean): CodeReading {
    const front = typed.text.slice(0, -CODE_LENGTH)
    const hasPin = token.style === 'fob' && (token.pin !== null || token.proposed !== null)
    const fits = front === '' ? !hasPin || token.pin === null : hasPin && isPinLength(front)
    if (!fits) return UNREADABLE
    const byProposed = front !== '' && front === token.proposed
    const pinRight = front === '' || front === token.pin || byProposed
    return { pinRight, byProposed, ...(mine ? this.#place(token, typed) : { code: 'none' as const }) }
  }

  #place(token: ModelToken, { code }: Typed): Pick<Reading, 'code'> & Partial<Reading> {
    if (!('step' in code)) return { code: 'none' }
    const away = code.step - (token.kind === 'time' ? Math.floor(this.now / 60) : token.used + 1)
    const reach = REACH[token.kind][token.bad >= NEXT_AFTER ? 2 : 1]
    if (Math.abs(away) > reach) return { code: 'none' }
    if (code.step <= token.used) return { code: code.step === token.used ? 'last' : 'old' }
    return { code: 'good', step: code.step, away }
  }

  #readEmergency(index: number, { text }: Typed): Reading[] {
    const token = this.at(index)
    const front = text.slice(0, -CODE_LENGTH)
    const { emergency } = token
    if (emergency === null || text.length < CODE_LENGTH || !(front === '' || isPinLength(front))) return []
    const code = text.slice(-CODE_LENGTH)
    const kind = !emergency.codes.includes(code) ? 'none' : emergency.unused.has(code) ? 'good' : 'last'
    const barred = !token.enabled || this.now >= emergency.endsAt
    const pin = this.#pinInFront(token, front)
    const mixed = token.style === 'pinpad' && !pin.pinRight
    return [{ token: index, emergency: code, ...pin, code: kind, step: -1, away: -1, barred, mixed }]
  }

  /** In front of an emergency code: the PIN where the token has one, nothing where it has none. */
  #pinInFront(token: ModelToken, front: string): Pick<Reading, 'pinRight' | 'byProposed'> {
    const hasPin = token.style !== 'tokencode-only' && (token.pin !== null || token.proposed !== null)
    if (!hasPin) return { pinRight: front === '', byProposed: false }
    if (front === '') return { pinRight: token.pin === null, byProposed: false }
    const byProposed = front === token.proposed
    return { pinRight: byProposed || front === token.pin, byProposed }
  }

  /** Reported lost, or withheld by rule 1 or 3 of seed 004. */
  #isWithheld({ lost, emergency }: ModelToken): boolean {
    if (lost) return true
    if (emergency === null || emergency.rule === 'allow-and-disable-emergency') return false
    return emergency.rule === 'deny' || this.now < emergency.endsAt
  }

  #distance({ emergency, away }: Reading): number {
    return emergency === null ? Math.abs(away) : -1
  }

  #standIn({ token: index, emergency, byProposed }: Reading): Answer {
    const token = this.at(index)
    token.emergency?.unused.delete(emergency ?? '')
    if (byProposed) this.#adopt(token)
    this.forgive()
    return 'accept'
  }

  #admit(reading: Reading): Answer {
    const token = this.at(reading.token)
    const far = Math.abs(reading.away) > REACH[token.kind][0]
    if (token.bad >= NEXT_AFTER || far) {
      token.used = reading.step
      return this.#ask('next', reading.token, reading.byProposed)
    }
    return this.#enter(token, reading)
  }

  /** The code is believed: in, or a new PIN first. */
  #enter(
    token: ModelToken,
    { token: index, step, byProposed }: Pick<Reading, 'token' | 'step' | 'byProposed'>,
  ): Answer {
    token.used = step
    token.bad = 0
    const due = token.style !== 'tokencode-only' && (token.pin === null || token.mustChange)
    if (due && !byProposed) return this.#ask('pin', index, false)
    if (byProposed) this.#adopt(token)
    token.proposed = null
    token.emergency = null
    token.acceptedAt = this.now
    this.forgive()
    return 'accept'
  }

  #adopt(token: ModelToken): void {
    if (token.pin !== null) token.earlier = [token.pin, ...token.earlier].slice(0, 3)
    token.pin = token.proposed
    token.proposed = null
    token.mustChange = false
  }

  #ask(type: Question['type'], token: number, byProposed: boolean): Answer {
    this.question = { type, token, step: this.at(token).used, until: this.now + 180, byProposed, first: '' }
    return type === 'next' ? 'next-tokencode' : 'new-pin'
  }

  #next(asked: Question, token: ModelToken, typed: Typed): Answer {
    const { code, pin } = typed
    const rightPin = asked.byProposed ? token.proposed : token.pin
    const right = 'step' in code && code.token === asked.token && code.step === asked.step + 1
    if (right && (pin === '' || token.style === 'tokencode-only' || pin === rightPin))
      return this.#enter(token, { token: asked.token, step: asked.step + 1, byProposed: asked.byProposed })
    token.dialogueOver = asked.step
    token.bad += 1
    this.#count(null, true)
    if (this.policy.missLocks) this.lockedAt ??= this.now
    return 'reject'
  }

  #choose(asked: Question, token: ModelToken, pin: string): Answer {
    if (pin === '') return this.#cancel(asked, token)
    const possible = token.style === 'pinpad' ? /^[1-9]\d{3,7}$/ : /^\d{4,8}$/
    if (!possible.test(pin) || pin === '1234' || pin === token.pin || token.earlier.includes(pin)) return 'new-pin'
    this.question = { ...asked, type: 'confirm', first: pin }
    return 'confirm-pin'
  }

  #confirm(asked: Question, token: ModelToken, pin: string): Answer {
    if (pin === '') return this.#cancel(asked, token)
    if (pin !== asked.first) {
      this.question = { ...asked, type: 'pin' }
      return 'new-pin'
    }
    token.proposed = pin
    token.dialogueOver = asked.step
    this.question = { ...asked, type: 'passcode' }
    return 'passcode-after-new-pin'
  }

  #cancel({ step }: Question, token: ModelToken): Answer {
    token.dialogueOver = step
    return 'reject'
  }

  #refuse(text: string, readings: readonly Reading[], isGuess: boolean): Answer {
    const again = readings.some(
      (r) => !r.emergency && r.code === 'last' && r.pinRight && this.now - this.at(r.token).acceptedAt <= RESEND,
    )
    if (again || this.recent.some((wrong) => wrong.text === text && this.now - wrong.at <= RESEND)) return 'reject'
    const wrong = readings.filter((r) => !r.emergency && r.code === 'none')
    const charged = wrong.some((r) => r.pinRight) ? wrong.filter((r) => r.pinRight) : wrong
    for (const { token } of charged) this.at(token).bad += 1
    this.#count(text, isGuess)
    return 'reject'
  }

  #count(text: string | null, isGuess: boolean): void {
    if (this.lockedAt !== null) this.forgive()
    this.failed.push({ at: this.now, guess: isGuess })
    if (text !== null) this.recent = [{ text, at: this.now }, ...this.recent].slice(0, 4)
    if (this.policy.response !== 'delay' && this.failures >= LOCK_AFTER) this.lockedAt = this.now
  }

  /** A log-on, or an administrator who unlocks. */
  forgive(): void {
    this.failed = []
    this.lockedAt = null
    this.recent = []
  }
}
