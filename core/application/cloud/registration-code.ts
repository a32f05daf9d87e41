import type { Random } from '../ports/random.ts'

/** Thirty-two characters, none taken for another; a byte's five low bits choose one without bias. */
const ALPHABET = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'
const CHARACTERS = 20

/** A code to be typed or scanned: 100 bits in groups of four. */
export function newRegistrationCode(random: Random): string {
  const text = Array.from(random.bytes(CHARACTERS), (byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('')
  return text.replace(/(.{4})(?=.)/g, '$1-')
}

/** The code as it is kept and compared: however it was typed. */
export function plainRegistrationCode(typed: string): string {
  return typed.toUpperCase().replaceAll(/[\s-]/g, '')
}
