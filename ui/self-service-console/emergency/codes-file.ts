import type { MyEmergencyCodes } from '@driftlock/contracts'
import { formatMoment, userZone } from '@driftlock/ui-kit'
import type { TFunction } from 'i18next'

interface CodesFile {
  readonly issued: MyEmergencyCodes
  readonly username: string
  readonly language: string
}

/** The text of Export to File (seed 002): what the codes are, for which token, until when, how to use them. */
export function codesFileText(t: TFunction, { issued, username, language }: CodesFile): string {
  const { codes, method, expiresAt, pinNeeded, tokenSerial } = issued
  const isSet = method === 'one-time-set'
  const until = expiresAt === null ? undefined : `${formatMoment(expiresAt, language)} (${userZone()})`
  const lines = [
    t('emergency.fileTitle'),
    '',
    t('emergency.fileUser', { username }),
    t('emergency.fileToken', { serial: tokenSerial }),
    until === undefined ? t('emergency.noEnd') : t('emergency.fileUntil', { until }),
    '',
    t(isSet ? 'emergency.labelSet' : 'emergency.labelFixed'),
    ...codes.map((code, index) => `${String(index + 1).padStart(2)}.  ${code}`),
    '',
    t(isSet ? 'emergency.useSet' : 'emergency.useFixed'),
    ...(pinNeeded ? [t('emergency.withPin'), t('emergency.withPinExample')] : [t('emergency.withoutPin')]),
    t('emergency.network'),
    t('emergency.fileKeep'),
    '',
  ]
  return lines.join('\r\n')
}
