import { randomBytes } from 'node:crypto'

const ALPHABET = '23456789BCDFGHJKMNPQRTVWXYZ'
const PREFIX_LENGTH = 4

/**
 * Ids of requests, short enough to be read out on the phone: eight characters of which the first four differ from process to
 * process and the last count on. They name a request in the log; they protect nothing.
 */
export function requestIds(): () => string {
  const prefix = Array.from(randomBytes(PREFIX_LENGTH), (byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('')
  let count = 0
  return () => {
    count += 1
    return `${prefix}-${count.toString(36).toUpperCase().padStart(5, '0')}`
  }
}
