import { pinFaultInGerman, REASONS } from '@driftlock/domain'

/** The texts of a client whose users read German; keys as in `defaultRadiusPrompts`. */
export const germanRadiusPrompts = {
  passcode: 'PASSCODE eingeben: ',
  'next-tokencode': 'Warten Sie, bis der Tokencode wechselt, und geben Sie dann den neuen Tokencode ein: ',
  'new-pin': 'Geben Sie Ihre neue PIN aus {minimum} bis {maximum} {characters} ein: ',
  'new-pin-confirm': 'Geben Sie die neue PIN noch einmal ein: ',
  'new-pin-mismatch':
    'Die PINs stimmen nicht überein. Versuchen Sie es noch einmal.\nGeben Sie Ihre neue PIN aus {minimum} bis {maximum} {characters} ein: ',
  'new-pin-refused': 'PIN abgelehnt: {reason}\nGeben Sie Ihre neue PIN aus {minimum} bis {maximum} {characters} ein: ',
  'new-pin-generated': 'Ihre neue PIN ist: {pin}\nNehmen Sie diese PIN an [j/n]? ',
  'new-pin-accepted':
    'PIN angenommen. Warten Sie, bis der Code auf Ihrem Token wechselt, und geben Sie dann die neue PIN und den Tokencode ein.\nPASSCODE eingeben: ',
  'access-denied': 'Zugriff verweigert.',
  'no-challenge':
    'Zugriff verweigert. Ihr Token braucht Ihre Aufmerksamkeit: Melden Sie sich auf der Token-Webseite an, dann hier noch einmal.',
} as const satisfies Readonly<Record<string, string>>

const ADVICE: readonly (readonly [string, string])[] = [
  [
    REASONS['wrong-passcode'].user,
    'Zugriff verweigert. Warten Sie, bis der Code wechselt, und versuchen Sie es dann noch einmal.',
  ],
  [REASONS['new-pin-cancelled'].user, 'Zugriff verweigert. Es wurde keine PIN gesetzt.'],
]

const byEnglish: ReadonlyMap<string, string> = new Map(ADVICE)

/** What the domain says to users, in German; what has no German here stays as it is. */
export function inGerman(text: string): string {
  return pinFaultInGerman(text) ?? byEnglish.get(text) ?? text
}
