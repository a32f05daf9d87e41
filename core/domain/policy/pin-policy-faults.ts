import { leavesEnoughPins } from '../pin/system-pin.ts'
import { contradiction, type PolicyFault, rangeFault } from './field-check.ts'
import type { PinPolicy } from './policies.ts'

const PIN_LENGTH = { min: 4, max: 16 }
const MAX_AGE_SECONDS = 10 * 366 * 86_400
const MAX_EXCLUDED_WORDS = 10_000
/** Shorter words would refuse most PINs, since a word is refused anywhere inside a PIN. */
const EXCLUDED_WORD = /^[0-9A-Za-z]{3,32}$/

/** Everything that is wrong with the PIN part of a token policy. */
export function pinPolicyFaults(pin: PinPolicy): PolicyFault[] {
  const maxAge = pin.maxAgeSeconds
  const faults = [
    ...rangeFault('pin.minLength', pin.minLength, PIN_LENGTH),
    ...rangeFault('pin.maxLength', pin.maxLength, PIN_LENGTH),
    ...rangeFault('pin.minLetters', pin.minLetters, { min: 0, max: PIN_LENGTH.max }),
    ...rangeFault('pin.minDigits', pin.minDigits, { min: 0, max: PIN_LENGTH.max }),
    ...rangeFault('pin.historyCount', pin.historyCount, { min: 0, max: 24 }),
    ...rangeFault('pin.minAgeSeconds', pin.minAgeSeconds, { min: 0, max: MAX_AGE_SECONDS }),
    ...(maxAge === null ? [] : rangeFault('pin.maxAgeSeconds', maxAge, { min: 3600, max: MAX_AGE_SECONDS })),
    ...contradictions(pin),
    ...wordFaults(pin.excludedWords),
  ]
  return faults.length === 0 ? scarcity(pin) : faults
}

/** Words that are harmless one by one may leave no PIN together, least of all on tokens that take digits only. */
function scarcity(pin: PinPolicy): PolicyFault[] {
  const isEnough = (['fob', 'pinpad'] as const).every((style) => leavesEnoughPins(pin, { style, digits: 6 }))
  if (isEnough) return []
  const problem = 'they leave no PIN, or hardly one in twenty. Take some of them out.'
  return [contradiction('pin.excludedWords', problem)]
}

function contradictions(pin: PinPolicy): PolicyFault[] {
  const faults: PolicyFault[] = []
  if (pin.minLength > pin.maxLength) {
    faults.push(contradiction('pin.maxLength', 'must not be below pin.minLength.'))
  }
  if (pin.characters === 'letters-and-digits' && pin.minLetters + pin.minDigits > pin.maxLength) {
    faults.push(contradiction('pin.maxLength', 'is too small for the required letters and digits together.'))
  }
  if (pin.maxAgeSeconds !== null && pin.maxAgeSeconds <= pin.minAgeSeconds) {
    faults.push(contradiction('pin.maxAgeSeconds', 'must be longer than pin.minAgeSeconds.'))
  }
  return faults
}

function wordFaults(words: readonly string[]): PolicyFault[] {
  const field = 'pin.excludedWords'
  if (words.length > MAX_EXCLUDED_WORDS) {
    return [{ field, code: 'too-many', text: `${field}: at most ${MAX_EXCLUDED_WORDS} words.` }]
  }
  const bad = words.findIndex((word) => !EXCLUDED_WORD.test(word))
  if (bad === -1) return []
  const text = `${field}: word ${bad + 1} must be 3 to 32 letters a to z or digits.`
  return [{ field, code: 'bad-word', text }]
}
