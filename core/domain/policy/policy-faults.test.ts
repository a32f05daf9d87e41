import { describe, expect, it } from 'vitest'
import { INITIAL_POLICIES } from './defaults.ts'
import type { LockoutPolicy, OfflinePolicy, PinPolicy, PolicyKind, TokenPolicy } from './policies.ts'
import { policyFaults } from './policy-faults.ts'

const token = (changes: Partial<TokenPolicy>) => found('token', { ...INITIAL_POLICIES.token, ...changes })
const pin = (changes: Partial<PinPolicy>) => token({ pin: { ...INITIAL_POLICIES.token.pin, ...changes } })
const lockout = (changes: Partial<LockoutPolicy>) => found('lockout', { ...INITIAL_POLICIES.lockout, ...changes })
const offline = (changes: Partial<OfflinePolicy>) => found('offline', { ...INITIAL_POLICIES.offline, ...changes })

/** What is found, in two words; each says in a sentence which field it is and what is wrong with it. */
function found<K extends PolicyKind>(kind: K, policy: Parameters<typeof policyFaults<K>>[1]): string[] {
  return policyFaults(kind, policy).map(({ field, code, text }) => {
    expect(text).toMatch(new RegExp(`^${field}: .{15,}\\.$`))
    return `${field} ${code}`
  })
}

it.each(['token', 'lockout', 'offline'] as const)('finds nothing wrong with the initial %s policy', (kind) => {
  expect(policyFaults(kind, INITIAL_POLICIES[kind])).toEqual([])
})

it('ships the documented defaults', () => {
  expect(INITIAL_POLICIES.token).toMatchObject({
    incorrectPasscodesBeforeNextTokencode: 3,
    pin: { creation: 'user', minLength: 4, maxLength: 8, characters: 'digits' },
    emergencyCode: { length: 8, digits: true, letters: true, special: false },
  })
  expect(INITIAL_POLICIES.lockout).toMatchObject({
    response: 'lock',
    maxFailures: 5,
    withinSeconds: 86_400,
    unlockAfterSeconds: null,
  })
  expect(INITIAL_POLICIES.offline.offlineAllowed).toBe(false)
})

describe('ranges', () => {
  it.each([
    ['minLength', 4, 8],
    ['minLetters', 0, 8],
    ['minDigits', 0, 8],
    ['historyCount', 0, 24],
    ['minAgeSeconds', 0, 316_224_000],
    ['maxAgeSeconds', 3600, 316_224_000],
  ] as const)('takes pin.%s from %i to %i and nothing beyond', (field, min, max) => {
    expect(pin({ [field]: min })).toEqual([])
    expect(pin({ [field]: max })).toEqual([])
    expect(pin({ [field]: min - 1 })).toContain(`pin.${field} out-of-range`)
    expect(pin({ [field]: 316_224_001 })).toContain(`pin.${field} out-of-range`)
    expect(pin({ [field]: min + 0.5 })).toContain(`pin.${field} out-of-range`)
  })

  it('takes longer PINs up to 16 characters', () => {
    expect(pin({ minLength: 16, maxLength: 16 })).toEqual([])
    expect(pin({ maxLength: 17 })).toEqual(['pin.maxLength out-of-range'])
  })

  it.each([
    ['maxFailures', 1, 100],
    ['withinSeconds', 60, 31_622_400],
    ['unlockAfterSeconds', 60, 31_622_400],
    ['delayAfterFailures', 1, 100],
    ['retransmissionSeconds', 0, 300],
  ] as const)('takes %s of a lockout policy from %i to %i and nothing beyond', (field, min, max) => {
    expect(lockout({ [field]: min })).toEqual([])
    expect(lockout({ [field]: max })).toEqual([])
    expect(lockout({ [field]: min - 1 })).toEqual([`${field} out-of-range`])
    expect(lockout({ [field]: max + 1 })).toEqual([`${field} out-of-range`])
  })

  it('takes a first pause from a second to an hour, and a longest one up to a day, also the same', () => {
    const pauses = (delayFirstSeconds: number, delayCapSeconds: number) =>
      lockout({ delayFirstSeconds, delayCapSeconds })
    expect([pauses(1, 1), pauses(3600, 86_400)]).toEqual([[], []])
    expect(pauses(0, 1)).toEqual(['delayFirstSeconds out-of-range'])
    expect(pauses(3601, 3601)).toEqual(['delayFirstSeconds out-of-range'])
    expect(pauses(1, 86_401)).toEqual(['delayCapSeconds out-of-range'])
  })

  it('takes offline emergency codes that live from an hour to a year', () => {
    expect([3600, 31_622_400].map((seconds) => offline({ emergencyLifetimeSeconds: seconds }))).toEqual([[], []])
    for (const seconds of [3599, 31_622_401])
      expect(offline({ emergencyLifetimeSeconds: seconds })).toEqual(['emergencyLifetimeSeconds out-of-range'])
  })

  it('names the field and the range in words', () => {
    const policy = { ...INITIAL_POLICIES.lockout, maxFailures: 0 }
    expect(policyFaults('lockout', policy)).toEqual([
      { field: 'maxFailures', code: 'out-of-range', text: 'maxFailures: enter a whole number from 1 to 100.' },
    ])
  })

  it('takes no limit for next tokencode, but no zero', () => {
    expect(token({ incorrectPasscodesBeforeNextTokencode: null })).toEqual([])
    expect(token({ incorrectPasscodesBeforeNextTokencode: 0 })).toEqual([
      'incorrectPasscodesBeforeNextTokencode out-of-range',
    ])
    expect(token({ challengeLifetimeSeconds: 59 })).toEqual(['challengeLifetimeSeconds out-of-range'])
  })
})

describe('contradictions', () => {
  it('refuses PIN lengths that exclude each other', () => {
    expect(pin({ minLength: 8, maxLength: 7 })).toEqual(['pin.maxLength contradiction'])
  })

  it('refuses required counts that do not fit, but only where they are looked at', () => {
    const counts = { minLetters: 5, minDigits: 4 }
    expect(pin({ ...counts, characters: 'letters-and-digits' })).toEqual(['pin.maxLength contradiction'])
    expect(pin({ minLetters: 4, minDigits: 4, characters: 'letters-and-digits' })).toEqual([])
    expect(pin(counts)).toEqual([])
  })

  it('refuses a PIN that expires before it may be changed', () => {
    expect(pin({ minAgeSeconds: 7200, maxAgeSeconds: 7200 })).toEqual(['pin.maxAgeSeconds contradiction'])
    expect(pin({ minAgeSeconds: 7200, maxAgeSeconds: 7201 })).toEqual([])
  })

  it('refuses an emergency code without any type of character, or too short', () => {
    const none = { length: 8, digits: false, letters: false, special: false }
    expect(token({ emergencyCode: none })).toEqual(['emergencyCode contradiction'])
    expect(token({ emergencyCode: { ...none, special: true } })).toEqual([])
    expect(token({ emergencyCode: { ...none, digits: true, length: 5 } })).toEqual([
      'emergencyCode.length out-of-range',
    ])
  })

  it('refuses pauses that never come before the lock, and a first pause above the cap', () => {
    expect(lockout({ response: 'both', delayAfterFailures: 5 })).toEqual(['delayAfterFailures contradiction'])
    expect(lockout({ response: 'both', delayAfterFailures: 4 })).toEqual([])
    expect(lockout({ delayFirstSeconds: 901 })).toEqual(['delayCapSeconds contradiction'])
  })

  it('refuses offline emergency codes without offline authentication', () => {
    expect(offline({ emergencyTokencodeAllowed: true })).toEqual(['offlineAllowed contradiction'])
    expect(offline({ emergencyPasscodeAllowed: true })).toEqual(['offlineAllowed contradiction'])
    expect(offline({ emergencyTokencodeAllowed: true, offlineAllowed: true })).toEqual([])
    expect(offline({ offlineDays: 0 })).toEqual(['offlineDays out-of-range'])
  })
})

describe('excluded words', () => {
  it('refuses words that would refuse nearly every PIN, by number and without repeating them', () => {
    const faults = policyFaults('token', {
      ...INITIAL_POLICIES.token,
      pin: { ...INITIAL_POLICIES.token.pin, excludedWords: ['acme', 'x7'] },
    })
    expect(faults).toEqual([
      {
        field: 'pin.excludedWords',
        code: 'bad-word',
        text: 'pin.excludedWords: word 2 must be 3 to 32 letters a to z or digits.',
      },
    ])
    expect(pin({ excludedWords: [''] })).toEqual(['pin.excludedWords bad-word'])
    expect(pin({ excludedWords: ['abc', 'x'.repeat(32)] })).toEqual([])
  })

  it('refuses words that together leave no PIN, or hardly one, and says what to do', () => {
    const numbers = Array.from({ length: 1000 }, (_, number) => String(number).padStart(3, '0'))
    const text = 'pin.excludedWords: they leave no PIN, or hardly one in twenty. Take some of them out.'
    const excludedWords = numbers.filter((word) => !word.startsWith('9'))
    for (const words of [numbers, excludedWords]) {
      const all = { ...INITIAL_POLICIES.token.pin, excludedWords: words }
      const faults = policyFaults('token', { ...INITIAL_POLICIES.token, pin: all })
      expect(faults).toEqual([{ field: 'pin.excludedWords', code: 'contradiction', text }])
    }
    expect(pin({ excludedWords: numbers.slice(0, 200) })).toEqual([])
  })

  it('looks at tokens that take digits only, too, where the policy asks for letters', () => {
    const numbers = Array.from({ length: 1000 }, (_, number) => String(number).padStart(3, '0'))
    const mixed = { characters: 'letters-and-digits', excludedWords: numbers } as const
    expect(pin(mixed)).toEqual(['pin.excludedWords contradiction'])
  })

  it('names the words alone once the rest of the policy can be met', () => {
    const numbers = Array.from({ length: 1000 }, (_, number) => String(number).padStart(3, '0'))
    expect(pin({ minLength: 8, maxLength: 7, excludedWords: numbers })).toEqual(['pin.maxLength contradiction'])
  })

  it('takes 10,000 words and not one more', () => {
    const words = Array.from({ length: 10_001 }, (_, index) => `word${index}`)
    expect(pin({ excludedWords: words })).toEqual(['pin.excludedWords too-many'])
    expect(pin({ excludedWords: words.slice(1) })).toEqual([])
  })
})
