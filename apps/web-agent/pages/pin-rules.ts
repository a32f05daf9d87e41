import type { PageQuestion } from '../dialogue/open-dialogue.ts'
import { fill } from './look.ts'
import type { Texts } from './texts-en.ts'

/** What a PIN must look like, in words: from the lengths and the format that the manager gives (§9.2 of the API's notes). */
export function pinRules({ minLength, maxLength, formatRegex }: PageQuestion, texts: Texts): string {
  if (minLength === null || maxLength === null) return ''
  const format = formatRegex ?? ''
  const isAlphanumeric = format.includes('A-Za-z')
  const letters = /\[A-Za-z\]\)\{(\d+)\}/.exec(format)?.[1]
  const digits = /\[0-9\]\)\{(\d+)\}/.exec(format)?.[1]
  return [
    fill(isAlphanumeric ? texts.pinAlphanumeric : texts.pinDigits, { min: minLength, max: maxLength }),
    ...(letters === undefined ? [] : [fill(texts.pinLetters, { count: letters })]),
    ...(digits === undefined ? [] : [fill(texts.pinNumbers, { count: digits })]),
    ...(format.includes('(?!0)') ? [texts.pinNoZero] : []),
  ].join(' ')
}
