import type { EmergencySettings, UnixMs } from '@driftlock/domain'

/** What an exported sheet of emergency codes says. */
export interface EmergencyCodesSheet {
  readonly codes: readonly string[]
  readonly settings: EmergencySettings
  readonly serial: string
  readonly username: string
  readonly pinNeeded: boolean
}

/**
 * The text of "Export to File" (seed 002): what the codes are, for which token, until when, how to use them. Lines end as in
 * a text file of any system; the text holds the codes: hand it to the browser or the terminal and keep it nowhere.
 */
export function emergencyCodesText(sheet: EmergencyCodesSheet): string {
  const { codes, settings, serial, username, pinNeeded } = sheet
  const isSet = settings.method.type === 'one-time-set'
  const lines = [
    isSet ? 'Emergency access: set of one-time tokencodes' : 'Emergency access: temporary fixed tokencode',
    '',
    `User ID:        ${username}`,
    `Token:          ${serial}`,
    `Valid until:    ${settings.expiresAt === null ? 'no expiration' : utcText(settings.expiresAt)}`,
    '',
    isSet
      ? 'Use each code once in place of the tokencode of your token.'
      : 'Use this code in place of the tokencode of your token until it ends.',
    pinNeeded
      ? 'Enter your PIN, then the code, without a blank between them: PIN 1234 and code ABCD2345 make 1234ABCD2345.'
      : 'Enter the code alone, without a PIN.',
    'Keep this file where nobody else can read it, and delete it when you have your token again.',
    '',
    ...codes.map((code, index) => (isSet ? `${String(index + 1).padStart(2)}.  ${code}` : code)),
    '',
  ]
  return lines.join('\r\n')
}

/** `2026-11-22 17:05 UTC`: the sheet is read in any zone. */
function utcText(instant: UnixMs): string {
  return `${new Date(instant).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
