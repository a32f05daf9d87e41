import { ApplicationError } from '@driftlock/application'
import type { Problem } from '@driftlock/contracts'

/** Refusals that an administrator can meet in the console, by code; what is missing here is told in English. */
const BY_CODE: Readonly<Record<string, string>> = {
  NOT_AUTHORISED: 'Nicht erlaubt: Das darf nur, wer den ganzen Dienst verwaltet.',
  NOT_FOUND: 'Das gibt es hier nicht, oder nicht mehr.',
  ALREADY_EXISTS: 'Dieser Name ist schon vergeben. Wählen Sie einen anderen.',
  IN_USE: 'Es gehört noch etwas dazu. Löschen Sie das zuerst.',
  CHANGED_MEANWHILE: 'Jemand hat es inzwischen geändert. Laden Sie die Seite neu und wiederholen Sie die Änderung.',
  INVALID_REQUEST: 'Ein Feld fehlt oder ist falsch.',
  CROSS_SITE_REQUEST: 'Das Formular kam von einer anderen Website und wurde abgelehnt.',
  TOO_MANY_REQUESTS: 'Zu viele Versuche. Warten Sie eine Minute und versuchen Sie es erneut.',
  UPLOAD_TOO_LARGE: 'Das Formular ist größer als erlaubt. Senden Sie es in Teilen.',
  UNSUPPORTED_MEDIA_TYPE: 'Diese Art von Formular wird hier nicht verstanden.',
  NO_SUCH_ROUTE: 'Unter dieser Adresse gibt es nichts.',
  STORE_UNAVAILABLE: 'Die Datenbank antwortet nicht. Nichts wurde geändert. Versuchen Sie es gleich noch einmal.',
  INTERNAL_ERROR: 'Im Server ist etwas schiefgegangen. Nennen Sie dem Betreiber die Nummer der Anfrage.',
}

/** What is wrong with a field or a line, as the use cases say it. */
const FAULTS: readonly (readonly [english: string, german: string])[] = [
  ['administrator: ', 'Administrator: '],
  ['nobody removes oneself: another administrator does it.', 'Niemand entfernt sich selbst; das tut ein anderer.'],
  [
    'the last one of the whole service stays. Make another one first.',
    'Der letzte des ganzen Dienstes bleibt. Legen Sie erst einen anderen an.',
  ],
  ['displayName: ', 'Name: '],
  ['attribute: ', 'Benutzer: '],
  ['name: ', 'Name: '],
  [
    'use 1 to 63 letters, digits, points and hyphens: people type it at log-ons.',
    '1 bis 63 Buchstaben, Ziffern, Punkte und Bindestriche; er wird bei Anmeldungen eingegeben.',
  ],
  ['enter 1 to 255 characters, none of them invisible.', 'Geben Sie 1 bis 255 Zeichen ein, keines davon unsichtbar.'],
  ['the same user comes before', 'Derselbe Benutzer kommt schon vorher.'],
  ['The list of users: ', 'Die Liste der Benutzer: '],
  [
    'line 1: the header must name a column "attribute" (and may name "displayName").',
    'Die Kopfzeile muss eine Spalte „attribute“ nennen (und darf „displayName“ nennen).',
  ],
]

/** A fault of a field or line in German; parts that are not known stay as they are. */
export function germanFault(fault: string): string {
  return FAULTS.reduce((text, [english, german]) => text.replace(english, german), fault)
}

/** A refusal in German. */
export function germanRefusal(error: unknown, { code, detail }: Pick<Problem, 'code' | 'detail'>): string {
  const isNamed = detail.startsWith('The list of users: ')
  if (isNamed || (error instanceof ApplicationError && error.code === 'INVALID_INPUT')) return germanFault(detail)
  return BY_CODE[code] ?? detail
}
