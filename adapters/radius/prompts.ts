import { decodeRadiusText, fitRadiusText } from '@driftlock/formats'

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

/** Whether a configured prompt has a key that is ever asked for. */
export function isRadiusPromptKey(key: string): key is RadiusPromptKey {
  return Object.hasOwn(defaultRadiusPrompts, key)
}

/**
 * The text of a prompt for a client: its own wording or the default, placeholders filled in (one without a fact stays
 * as written), cut to the 253 octets one Reply-Message holds.
 */
export function radiusPrompt(
  key: RadiusPromptKey,
  prompts: Readonly<Record<string, string>>,
  facts: Readonly<Record<string, string | number>> = {},
): string {
  const own = Object.hasOwn(prompts, key) ? prompts[key] : undefined
  const template = own === undefined || own === '' ? defaultRadiusPrompts[key] : own
  const text = template.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(facts, name) ? String(facts[name]) : whole,
  )
  return decodeRadiusText(fitRadiusText(text)) ?? defaultRadiusPrompts[key]
}
