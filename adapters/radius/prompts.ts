import { decodeRadiusText, fitRadiusText } from '@driftlock/formats'
import { germanRadiusPrompts } from './german-prompts.ts'

/**
 * The texts of challenges and rejects, by key, with `{placeholders}`. VPNs and old log-in pages recognise several of them
 * by their wording (new PIN, re-enter, your new PIN is, wait for the code to change), so change them with care.
 */
export const defaultRadiusPrompts = {
  passcode: 'Enter PASSCODE: ',
  'next-tokencode': 'Wait for the tokencode to change, then enter the new tokencode: ',
  'new-pin': 'Enter your new PIN of {minimum} to {maximum} {characters}: ',
  'new-pin-confirm': 'Please re-enter new PIN: ',
  'new-pin-mismatch':
    'Pins do not match--Please try again.\nEnter your new PIN of {minimum} to {maximum} {characters}: ',
  'new-pin-refused': 'PIN rejected: {reason}\nEnter your new PIN of {minimum} to {maximum} {characters}: ',
  'new-pin-generated': 'Your new PIN is: {pin}\nDo you accept this [y/n]? ',
  'new-pin-accepted':
    'PIN accepted. Wait for the code on your card to change, then enter new PIN and TokenCode\nEnter PASSCODE: ',
  'access-denied': 'Access denied.',
  'no-challenge': 'Access denied. Your token needs your attention: log on at the token web page, then try again here.',
} as const satisfies Readonly<Record<string, string>>

export type RadiusPromptKey = keyof typeof defaultRadiusPrompts

/** How a client is spoken to. */
export interface RadiusWording {
  /** ISO 639; one without texts of its own here is spoken to in English. */
  readonly language: string
  /** The client's own texts by prompt key, in whatever language. */
  readonly prompts: Readonly<Record<string, string>>
  /** Its own texts by language, then by prompt key: before `prompts`. */
  readonly translations: Readonly<Record<string, Readonly<Record<string, string>>>>
}

/** Whether a configured prompt has a key that is ever asked for. */
export function isRadiusPromptKey(key: string): key is RadiusPromptKey {
  return Object.hasOwn(defaultRadiusPrompts, key)
}

/**
 * The text of a prompt for a client: its own wording in its language, its own wording, or the default of its language;
 * placeholders filled in (one without a fact stays as written), cut to the 253 octets one Reply-Message holds.
 */
export function radiusPrompt(
  key: RadiusPromptKey,
  wording: RadiusWording,
  facts: Readonly<Record<string, string | number>> = {},
): string {
  const preset = isGerman(wording) ? germanRadiusPrompts[key] : defaultRadiusPrompts[key]
  const translated = own(own(wording.translations, wording.language) ?? {}, key)
  const template = translated || own(wording.prompts, key) || preset
  const text = template.replace(/\{(\w+)\}/g, (whole, name: string) => String(own(facts, name) ?? whole))
  return decodeRadiusText(fitRadiusText(text)) ?? preset
}

export function isGerman({ language }: Pick<RadiusWording, 'language'>): boolean {
  return language === 'de'
}

/** No inherited names: keys come from configuration. */
function own<T>(values: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(values, key) ? values[key] : undefined
}
