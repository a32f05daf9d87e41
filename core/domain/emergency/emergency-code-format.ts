import type { EmergencyCodeFormat } from '../policy/policies.ts'
import {
  type CharacterType,
  countTexts,
  DIGITS,
  drawText,
  READABLE_DIGITS,
  READABLE_LETTERS,
} from '../randomness/constrained-text.ts'
import { randomStream } from '../randomness/random-stream.ts'

/** Special characters that survive being read out, copied into a form and sent through RADIUS. */
export const EMERGENCY_SPECIAL_CHARACTERS = '#$%*+=?@'

/** Thrown for a format that no code can meet (no type chosen, or too short); `policyFaults` keeps such a format out. */
export class EmergencyCodeFormatError extends Error {
  readonly code = 'EMERGENCY_CODE_FORMAT_IMPOSSIBLE'
  constructor() {
    super('emergencyCode: no code has this format; choose at least one type of character and a length of 6 or more')
    this.name = 'EmergencyCodeFormatError'
  }
}

/**
 * `count` different emergency codes, every possible code equally likely, each with at least one character of every chosen
 * type. Letters are capital; where letters are used, no look-alike characters are.
 * @param entropy at least 32 fresh random bytes.
 * @throws EmergencyCodeFormatError, EntropyTooShortError
 */
export function generateEmergencyCodes(format: EmergencyCodeFormat, count: number, entropy: Uint8Array): string[] {
  const types = characterTypes(format)
  if (countTexts(format.length, types) < BigInt(count)) throw new EmergencyCodeFormatError()
  const stream = randomStream(entropy, 'emergency codes')
  const codes = new Set<string>()
  while (codes.size < count) codes.add(drawText(format.length, types, stream) ?? '')
  return [...codes]
}

/** Bits of entropy of one code: log2 of how many codes there are; 0 for an impossible format. */
export function emergencyCodeEntropyBits(format: EmergencyCodeFormat): number {
  const codes = countTexts(format.length, characterTypes(format))
  return codes === 0n ? 0 : Math.log2(Number(codes))
}

/** The spelling that is hashed: codes hold capital letters only, so small ones typed by a user mean the same. */
export function normaliseEmergencyCode(code: string): string {
  return code.replace(/[a-z]/g, (letter) => letter.toUpperCase())
}

/** Whether a text could be a code of this format, in any case of letters. Length, alphabet and one of each type. */
export function isEmergencyCode(text: string, format: EmergencyCodeFormat): boolean {
  const types = characterTypes(format)
  const characters = [...normaliseEmergencyCode(text)]
  return (
    characters.length === format.length &&
    characters.every((character) => types.some(({ alphabet }) => alphabet.includes(character))) &&
    types.every(({ alphabet }) => characters.some((character) => alphabet.includes(character)))
  )
}

function characterTypes(format: EmergencyCodeFormat): readonly CharacterType[] {
  const alphabets = [
    format.digits ? (format.letters ? READABLE_DIGITS : DIGITS) : '',
    format.letters ? READABLE_LETTERS : '',
    format.special ? EMERGENCY_SPECIAL_CHARACTERS : '',
  ]
  return alphabets.filter((alphabet) => alphabet !== '').map((alphabet) => ({ alphabet, atLeast: 1 }))
}
