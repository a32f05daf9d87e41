import { MS_PER_DAY, MS_PER_HOUR, MS_PER_MINUTE, MS_PER_SECOND } from '../time.ts'

const UNITS = [
  { ms: MS_PER_DAY, word: 'd' },
  { ms: MS_PER_HOUR, word: 'h' },
  { ms: MS_PER_MINUTE, word: 'min' },
  { ms: MS_PER_SECOND, word: 's' },
] as const

/** A length of time as one says it on the phone: its two largest units, such as "14 h 3 min" or "40 s". */
export function durationWords(milliseconds: number): string {
  let rest = Math.round(Math.abs(milliseconds) / MS_PER_SECOND) * MS_PER_SECOND
  const parts: string[] = []
  for (const { ms, word } of UNITS) {
    const count = Math.floor(rest / ms)
    rest -= count * ms
    if (count > 0) parts.push(`${count} ${word}`)
  }
  return parts.length === 0 ? '0 s' : parts.slice(0, 2).join(' ')
}

/** "14 h 3 min behind", "2 min ahead", "on time". */
export function clockWords(offMs: number): string {
  if (Math.abs(offMs) < MS_PER_SECOND) return 'on time'
  return `${durationWords(offMs)} ${offMs < 0 ? 'behind' : 'ahead'}`
}
