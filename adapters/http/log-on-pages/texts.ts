import type { PageLanguage } from '../pages/page-language.ts'

const en = {
  product: { 'self-service': 'Driftlock Self-Service', security: 'Driftlock Security Console' },
  languageLabel: 'Language',
  logOn: 'Log on',
  continue: 'Continue',
  cancel: 'Cancel',
  username: 'User ID',
  password: 'Password',
  passcode: 'Passcode',
  emergencyCode: 'Emergency code',
  method: 'Log on with',
  passcodeHelp: 'Your PIN followed by the tokencode, or the tokencode alone where you have no PIN.',
  emergencyHelp: 'Your PIN followed by one of your emergency codes, or the code alone where you have no PIN.',
  secret: 'Password or passcode',
  troubleshootLink: 'I cannot log on: troubleshoot my token',
  troubleshootTitle: 'Troubleshoot without logging on',
  troubleshootLead: 'Your token does not work? Prove who you are with your password; only troubleshooting opens.',
  backToLogOn: 'Back to the log-on',
  noLogOn: 'Log-on is switched off here. Ask the help desk.',
  setUpTitle: 'First log-on',
  setUpLead: 'Enter the set-up code that was printed when this instance was started, and choose your password.',
  setupCode: 'Set-up code',
  newPassword: 'New password',
  setUpLink: 'First log-on with a set-up code',
  nextTokencodeTitle: 'One more tokencode',
  nextTokencodeLead:
    'Your code was good, and one more makes sure that your token is in your hands. Wait for the tokencode to change, then enter the new one, without your PIN.',
  nextTokencodeEvery: 'Your token shows a new tokencode every {seconds} seconds.',
  nextTokencode: 'New tokencode',
  newPinTitle: 'Choose a new PIN',
  newPinLead: 'You need a new PIN before you can log on.',
  newPin: 'New PIN',
  confirmPin: 'New PIN again',
  pinDigits: '{min} to {max} digits.',
  pinAlphanumeric: '{min} to {max} letters and digits.',
  pinLetters: 'At least {count} of them letters.',
  pinNumbers: 'At least {count} of them digits.',
  pinNoZero: 'It must not begin with 0.',
  pinRejected: 'This PIN is not allowed. Choose another one: not a row like 1234, and none that you had before.',
  pinMismatch: 'The two PINs were not the same. Enter the new PIN again.',
  confirmPinTitle: 'Confirm your new PIN',
  systemPinTitle: 'Your new PIN',
  systemPinLead: 'This PIN was made for you. Learn it now: it is shown only here.',
  systemPinAccept: 'I know it now: use this PIN',
  systemPinRefuse: 'Do not use it',
  afterPinTitle: 'PIN accepted',
  afterPinLead: 'Wait for the tokencode to change, then enter your new PIN followed by the new tokencode.',
  afterPin: 'New passcode',
  problem: 'This did not work',
  loggedOff: 'You are logged off.',
  reference: 'Reference for the help desk: {id}',
  failures: {
    LOG_ON_FAILED: 'Access denied. Check what you typed, wait for the tokencode to change, then try again.',
    LOG_ON_CONTINUES_TOO_LATE: 'That took too long. Start the log-on again.',
    TOO_MANY_REQUESTS: 'Too many attempts. Wait a minute, then try again.',
    TLS_REQUIRED: 'This page is open without encryption. Open it with https.',
    CROSS_SITE_REQUEST: 'This form was sent from another web site. Open the log-on page yourself.',
    INVALID_REQUEST: 'Some field is empty or too long. Check what you typed.',
    OTHER: 'The server cannot log you on right now. Try again in a minute.',
  },
}

export type PageTexts = typeof en

const de: PageTexts = {
  product: { 'self-service': 'Driftlock Self-Service', security: 'Driftlock Security Console' },
  languageLabel: 'Sprache',
  logOn: 'Anmelden',
  continue: 'Weiter',
  cancel: 'Abbrechen',
  username: 'Benutzer-ID',
  password: 'Kennwort',
  passcode: 'Passcode',
  emergencyCode: 'Notfallcode',
  method: 'Anmelden mit',
  passcodeHelp: 'Ihre PIN und dahinter der Tokencode, oder der Tokencode allein, wenn Sie keine PIN haben.',
  emergencyHelp: 'Ihre PIN und dahinter einer Ihrer Notfallcodes, oder der Code allein, wenn Sie keine PIN haben.',
  secret: 'Kennwort oder Passcode',
  troubleshootLink: 'Ich kann mich nicht anmelden: Problem mit dem Token lösen',
  troubleshootTitle: 'Problem lösen, ohne sich anzumelden',
  troubleshootLead:
    'Ihr Token geht nicht? Weisen Sie sich mit Ihrem Kennwort aus; es öffnet sich nur die Problemlösung.',
  backToLogOn: 'Zurück zur Anmeldung',
  noLogOn: 'Die Anmeldung ist hier ausgeschaltet. Fragen Sie den Helpdesk.',
  setUpTitle: 'Erste Anmeldung',
  setUpLead:
    'Geben Sie den Einrichtungscode ein, der beim Start dieser Instanz ausgegeben wurde, und wählen Sie Ihr Kennwort.',
  setupCode: 'Einrichtungscode',
  newPassword: 'Neues Kennwort',
  setUpLink: 'Erste Anmeldung mit einem Einrichtungscode',
  nextTokencodeTitle: 'Noch ein Tokencode',
  nextTokencodeLead:
    'Ihr Code war richtig, ein weiterer stellt sicher, dass Sie den Token in der Hand haben. Warten Sie, bis der Tokencode wechselt, und geben Sie den neuen ein, ohne Ihre PIN.',
  nextTokencodeEvery: 'Ihr Token zeigt alle {seconds} Sekunden einen neuen Tokencode.',
  nextTokencode: 'Neuer Tokencode',
  newPinTitle: 'Neue PIN wählen',
  newPinLead: 'Sie brauchen eine neue PIN, bevor Sie sich anmelden können.',
  newPin: 'Neue PIN',
  confirmPin: 'Neue PIN noch einmal',
  pinDigits: '{min} bis {max} Ziffern.',
  pinAlphanumeric: '{min} bis {max} Buchstaben und Ziffern.',
  pinLetters: 'Davon mindestens {count} Buchstaben.',
  pinNumbers: 'Davon mindestens {count} Ziffern.',
  pinNoZero: 'Sie darf nicht mit 0 beginnen.',
  pinRejected:
    'Diese PIN ist nicht erlaubt. Wählen Sie eine andere: keine Reihe wie 1234 und keine, die Sie schon hatten.',
  pinMismatch: 'Die beiden PINs waren nicht gleich. Geben Sie die neue PIN noch einmal ein.',
  confirmPinTitle: 'Neue PIN bestätigen',
  systemPinTitle: 'Ihre neue PIN',
  systemPinLead: 'Diese PIN wurde für Sie erzeugt. Merken Sie sie sich jetzt: Sie wird nur hier angezeigt.',
  systemPinAccept: 'Ich habe sie mir gemerkt: PIN verwenden',
  systemPinRefuse: 'Nicht verwenden',
  afterPinTitle: 'PIN angenommen',
  afterPinLead:
    'Warten Sie, bis der Tokencode wechselt, und geben Sie dann Ihre neue PIN und dahinter den neuen Tokencode ein.',
  afterPin: 'Neuer Passcode',
  problem: 'Das hat nicht geklappt',
  loggedOff: 'Sie sind abgemeldet.',
  reference: 'Kennung für den Helpdesk: {id}',
  failures: {
    LOG_ON_FAILED:
      'Zugriff verweigert. Prüfen Sie Ihre Eingabe, warten Sie auf den nächsten Tokencode und versuchen Sie es erneut.',
    LOG_ON_CONTINUES_TOO_LATE: 'Das hat zu lange gedauert. Beginnen Sie die Anmeldung neu.',
    TOO_MANY_REQUESTS: 'Zu viele Versuche. Warten Sie eine Minute und versuchen Sie es erneut.',
    TLS_REQUIRED: 'Diese Seite ist ohne Verschlüsselung geöffnet. Öffnen Sie sie mit https.',
    CROSS_SITE_REQUEST: 'Das Formular kam von einer anderen Website. Öffnen Sie die Anmeldeseite selbst.',
    INVALID_REQUEST: 'Ein Feld ist leer oder zu lang. Prüfen Sie Ihre Eingabe.',
    OTHER: 'Der Server kann Sie gerade nicht anmelden. Versuchen Sie es in einer Minute erneut.',
  },
}

const TEXTS: Readonly<Record<PageLanguage, PageTexts>> = { en, de }

export function textsOf(language: PageLanguage): PageTexts {
  return TEXTS[language]
}

/** Puts facts into a text: `fill('{min} digits', { min: 4 })`. */
export function fill(text: string, facts: Readonly<Record<string, number | string>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? ''))
}
