import type { Random } from '@driftlock/application'

// No vowels, no characters that look alike.
const ALPHABET = 'BCDFGHJKLMNPQRSTVWXZ23456789'
const GROUPS = 5
const GROUP_LENGTH = 4
/** Bytes from here on would make some characters likelier than others. */
const FAIR_BELOW = 256 - (256 % ALPHABET.length)

/** Five groups of four characters, 96 bits, made to be typed. */
export function setUpCode(random: Random): string {
  let characters = ''
  while (characters.length < GROUPS * GROUP_LENGTH) {
    for (const byte of random.bytes(64)) {
      if (byte < FAIR_BELOW && characters.length < GROUPS * GROUP_LENGTH) {
        characters += ALPHABET.charAt(byte % ALPHABET.length)
      }
    }
  }
  return Array.from({ length: GROUPS }, (_, group) =>
    characters.slice(group * GROUP_LENGTH, (group + 1) * GROUP_LENGTH),
  ).join('-')
}
