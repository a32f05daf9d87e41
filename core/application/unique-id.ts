import type { Clock } from './ports/clock.ts'
import type { Random } from './ports/random.ts'

/** A UUID of version 7 (RFC 9562 §5.7): it sorts by time, which keeps the indexes of a growing store dense. */
export function uniqueId({ clock, random }: { readonly clock: Clock; readonly random: Random }): string {
  const bytes = random.bytes(16)
  const now = clock.now()
  for (let index = 0; index < 6; index++) bytes[index] = Math.floor(now / 2 ** (8 * (5 - index))) % 256
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f)
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
