import type { Texts } from './texts-en.ts'

/** What the pages say in German. */
export const TEXTS_DE: Texts = {
  name: 'Sichere Anmeldung',
  language: 'Sprache',
  problem: 'Problem',
  logOn: 'Anmelden',
  continue: 'Weiter',
  cancel: 'Abbrechen und neu beginnen',
  goOn: 'Weiter',
  tryAgain: 'Noch einmal versuchen',
  beginAgain: 'Neu beginnen',
  troubleshooting: 'Probleme mit dem Token? Hier gibt es Hilfe',
  loggingOnAs: 'Anmeldung als {username}.',

  username: 'Benutzer-ID',
  passcode: 'Passcode',
  passcodeHelp: 'Meist Ihre PIN und direkt dahinter die Zahl auf dem Token.',
  passcodeHelpFob: 'Ihre PIN und direkt dahinter die Zahl auf dem Token.',
  passcodeHelpApp: 'Geben Sie die PIN in der App auf Telefon oder Rechner ein und hier den Passcode, den sie zeigt.',
  passcodeHelpNoPin: 'Nur die Zahl auf dem Token. Danach wählen Sie eine PIN.',
  passcodeHelpEmergency: 'Ihre PIN und direkt dahinter den Notfallcode. Ohne PIN nur den Code.',
  tokenKind: 'Was haben Sie?',
  tokenFob: 'Ein Token mit Anzeige',
  tokenApp: 'Eine App, die nach der PIN fragt',
  tokenNoPin: 'Noch keine PIN',
  tokenEmergency: 'Einen Notfallcode',
  dialogueOpen: 'In diesem Browser läuft schon eine Anmeldung.',

  nextTokencodeTitle: 'Nächster Tokencode',
  nextTokencodeLead:
    'Ihr Passcode war richtig. Um sicher zu sein, dass Sie es sind, wird noch die nächste Zahl Ihres Tokens gebraucht.',
  nextTokencodeWait: 'Warten Sie, bis die Zahl auf dem Token wechselt. Das dauert höchstens {seconds} Sekunden.',
  nextTokencodeWaitUnknown: 'Warten Sie, bis die Zahl auf dem Token wechselt. Das dauert meist höchstens eine Minute.',
  nextTokencodePress: 'Drücken Sie noch einmal auf den Knopf des Tokens.',
  nextTokencodeOver: 'Inzwischen hat die Zahl gewechselt.',
  nextTokencode: 'Nächster Tokencode',
  nextTokencodeHelp: 'Nur die neue Zahl, ohne PIN.',
  nextTokencodeHelpPinpad: 'Den nächsten Passcode, den die App für Ihre PIN zeigt.',

  newPinTitle: 'Neue PIN wählen',
  newPinLead: 'Sie brauchen eine neue PIN. Wählen Sie eine, die niemand erraten kann, und sagen Sie sie niemandem.',
  newPin: 'Neue PIN',
  confirmPin: 'Neue PIN noch einmal',
  pinDigits: '{min} bis {max} Ziffern.',
  pinAlphanumeric: '{min} bis {max} Buchstaben und Ziffern.',
  pinLetters: 'Mindestens so viele Buchstaben: {count}.',
  pinNumbers: 'Mindestens so viele Ziffern: {count}.',
  pinNoZero: 'Sie darf nicht mit 0 beginnen.',
  pinMismatch: 'Die beiden Eingaben sind nicht gleich. Geben Sie die neue PIN noch einmal ein, zweimal.',
  pinRejected: 'Diese PIN ist nicht möglich. Wählen Sie eine andere.',
  pinTooShort: 'Sie ist zu kurz.',
  pinTooLong: 'Sie ist zu lang.',
  pinNotDigits: 'Sie darf nur Ziffern enthalten.',
  pinNotAlphanumeric: 'Sie darf nur Buchstaben von a bis z und Ziffern enthalten.',
  pinFewLetters: 'Sie enthält zu wenige Buchstaben.',
  pinFewDigits: 'Sie enthält zu wenige Ziffern.',
  pinLeadingZero: 'Sie darf nicht mit 0 beginnen.',
  pinExcludedWord: 'Sie enthält ein Wort, das nicht erlaubt ist.',
  pinTrivial: 'Sie ist zu leicht zu erraten: Wählen Sie keine Folge wie 1234 und keine Wiederholung wie 1212.',
  pinSame: 'Es ist Ihre jetzige PIN.',
  pinUsedBefore: 'Sie haben sie schon einmal benutzt.',
  pinTooRecent: 'Ihre PIN wurde vor zu kurzer Zeit geändert. Versuchen Sie es später noch einmal.',

  systemPinTitle: 'Ihre neue PIN',
  systemPinLead:
    'Diese PIN wurde für Sie erzeugt. Merken Sie sie sich, oder notieren Sie sie, wo niemand sie findet. Sie steht nur hier und nur dieses eine Mal.',
  systemPinAccept: 'Ich kenne meine neue PIN',
  systemPinRefuse: 'Ich möchte diese PIN nicht',

  afterPinTitle: 'Mit der neuen PIN anmelden',
  afterPinLead:
    'Die neue PIN gilt. Warten Sie, bis die Zahl auf dem Token wechselt, und melden Sie sich mit der neuen PIN an.',
  afterPin: 'Neuer Passcode',
  afterPinHelp: 'Ihre neue PIN und direkt dahinter die neue Zahl auf dem Token.',
  afterPinHelpApp: 'Geben Sie die neue PIN in der App ein und hier den Passcode, den sie zeigt.',

  otherTitle: 'Noch eine Frage',
  answer: 'Antwort',

  failedDenied:
    'Zugang verweigert. Prüfen Sie die Benutzer-ID, warten Sie, bis die Zahl auf dem Token wechselt, und versuchen Sie es noch einmal.',
  failedForm:
    'Das Formular war zu lange offen, oder Ihr Browser speichert keine Cookies. Bitte füllen Sie es noch einmal aus.',
  failedEmpty: 'Geben Sie Benutzer-ID und Passcode ein.',
  failedWrong:
    'Das wurde nicht angenommen. Warten Sie, bis die Zahl auf dem Token wechselt, und versuchen Sie es noch einmal.',

  doneTitle: 'Ihr Token funktioniert',
  done: 'Ihr Token ist jetzt für die VPN-Verbindung Ihrer Firma eingerichtet.',
  doneNext:
    'Sie können diese Seite schließen. Melden Sie sich im VPN mit dem vollständigen Passcode an; warten Sie vorher, bis die Zahl auf dem Token gewechselt hat.',
  loggedOnAs: 'Sie sind als {username} angemeldet.',

  deniedTitle: 'Zugang verweigert',
  denied:
    'Die Anmeldung ist nicht gelungen. Warten Sie, bis die Zahl auf dem Token wechselt, und beginnen Sie neu. Gelingt es wieder nicht, fragen Sie Ihren Helpdesk.',
  forbiddenTitle: 'Kein Zugang zu dieser Seite',
  forbidden:
    'Sie sind angemeldet, aber diese Seite ist nicht für Sie freigegeben. Wenn Sie sie brauchen, fragen Sie Ihren Helpdesk.',
  expiredTitle: 'Die Anmeldung hat zu lange gedauert',
  expired:
    'Zu Ihrer Sicherheit muss eine Anmeldung in wenigen Minuten beendet sein. Es ist nichts kaputt: Beginnen Sie neu.',
  staleTitle: 'Dieser Schritt ist schon vorbei',
  stale:
    'Diese Seite gehört zu einem Schritt, der schon beantwortet ist, vielleicht durch einen Doppelklick oder in einem anderen Fenster. Sehen Sie nach, wie weit Ihre Anmeldung ist, oder beginnen Sie neu.',
  otherWindowTitle: 'Die Anmeldung geht anderswo weiter',
  otherWindow:
    'In einem anderen Fenster oder Tab dieses Browsers wurde eine neuere Anmeldung begonnen. Machen Sie dort weiter, oder beginnen Sie hier neu.',
  alreadyTitle: 'Sie sind schon angemeldet',
  already:
    'Die Anmeldung wurde in einem anderen Fenster oder durch einen früheren Klick beendet. Sie können weitermachen.',
  unavailableTitle: 'Der Anmeldedienst ist nicht erreichbar',
  unavailable:
    'Über Ihren Passcode wurde nichts entschieden. Versuchen Sie es in einer Minute noch einmal. Bleibt es so, fragen Sie Ihren Helpdesk.',
  errorTitle: 'Etwas ist schiefgegangen',
  error:
    'Die Anmeldung kann nicht weitergehen. Beginnen Sie neu. Geschieht das wieder, nennen Sie Ihrem Helpdesk die Nummer {id}.',
  throttledTitle: 'Zu viele Versuche',
  throttled: 'Es gab in kurzer Zeit zu viele Versuche. Warten Sie eine Minute, und versuchen Sie es noch einmal.',
  crossSiteTitle: 'Nicht von dieser Seite gesendet',
  crossSite:
    'Das hat eine andere Website gesendet, und nichts wurde getan. Wenn Sie sich anmelden wollen, beginnen Sie hier.',
  notFoundTitle: 'Diese Seite gibt es nicht',
  notFound: 'Vielleicht ist die Adresse falsch geschrieben.',

  logOffTitle: 'Abmelden',
  logOffLead:
    'Sie sind als {username} angemeldet. In diesem Browser abmelden, oder in jedem, in dem Sie angemeldet sind?',
  logOffHere: 'Hier abmelden',
  logOffEverywhere: 'Überall abmelden',
  loggedOffTitle: 'Sie sind abgemeldet',
  loggedOff: 'Sie sind in diesem Browser abgemeldet. Schließen Sie sein Fenster, wenn andere diesen Rechner benutzen.',
  loggedOffEverywhere: 'Sie sind hier und in jedem anderen Browser abgemeldet.',
  notLoggedOn: 'Sie sind in diesem Browser nicht angemeldet.',
}
