import type { Random } from '../ports/random.ts'
import { hexOf } from '../text-bytes.ts'

/** 64 hexadecimal digits: the length that agents expect of a client key (authentication-manager §9.2). */
export function newSecret(random: Random): string {
  return hexOf(random.bytes(32))
}
