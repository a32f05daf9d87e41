import { AUDIT_ACTIONS, PERMISSIONS, REASONS, SETTINGS } from '@driftlock/domain'
import { wordsOf } from './console-words.ts'

/** Finds the texts of a German page that are English. */
export type EnglishFinder = (texts: readonly string[]) => readonly string[]

/** Knows every English text of a console and of the kit which is another in German, and what the server says in English. */
export async function englishFinder(console: string): Promise<EnglishFinder> {
  const known = [...(await differing(console)), ...(await differing('kit')), ...serverTexts()]
  const plain = new Set(known.filter((text) => !text.includes('{{')))
  const filled = known.filter((text) => text.includes('{{')).flatMap(patternOf)
  return (texts) => texts.filter((text) => plain.has(text) || filled.some((pattern) => pattern.test(text)))
}

async function differing(folder: string): Promise<readonly string[]> {
  const [english, german] = [await wordsOf(folder, 'en'), await wordsOf(folder, 'de')]
  const words = new Set(german.values())
  return [...english].flatMap(([key, text]) => (german.get(key) === text || words.has(text) ? [] : [text]))
}

function serverTexts(): readonly string[] {
  const reasons = Object.values(REASONS).flatMap(({ helpDesk, user }) => [helpDesk, user])
  const actions = Object.values(AUDIT_ACTIONS).map(({ text }) => text)
  const settings = Object.values(SETTINGS).map(({ text }) => text)
  return [...reasons, ...actions, ...settings, ...Object.values(PERMISSIONS)]
}

/** A text with places for facts, as a pattern; a text that is hardly more than its facts says nothing about a language. */
function patternOf(text: string): readonly RegExp[] {
  const parts = text.split(/\{\{[^}]*\}\}/)
  if (!/[a-z]{4}/.test(parts.join(' '))) return []
  return [new RegExp(`^${parts.map((part) => RegExp.escape(part)).join('.+')}$`)]
}
