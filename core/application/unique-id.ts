import type { Clock } from './ports/clock.ts'
import type { Random } from './ports/random.ts'

const HEX: readonly string[] = Array.from({ length: 256 }, (_, octet) => octet.toString(16).padStart(2, '0'))

/** A UUID of version 7 (RFC 9562 §5.7): it sorts by time, which keeps the indexes of a growing store dense. */
export function uniqueId({ clock, random }: { readonly clock: Clock; readonly random: Random }): string {
  const bytes = random.bytes(16)
  const now = clock.now()
  for (let index = 0; index < 6; index++) bytes[index] = Math.floor(now / 2 ** (8 * (5 - index))) % 256
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f)
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  let text = ''
  for (let index = 0; index < 16; index++) {
    if (index === 4 || index === 6 || index === 8 || index === 10) text += '-'
    text += HEX[bytes[index] ?? 0]
  }
  return text
}
