/** What a decision means, for the help desk; built of the facts that the server sends with each sentence. */
export const sentences = {
  sentences: {
    wouldBeTaken: 'Dieser Passcode würde jetzt angenommen.',
    failuresInARow_one: 'Fehlversuche in Folge: {{count}}.',
    failuresInARow_other: 'Fehlversuche in Folge: {{count}}.',
    notCounted: 'Dieser Versuch zählte nicht für die Sperre.',
    pinRefused: 'Die neue PIN wurde abgelehnt: {{faults}}',
    clockInDoubt: 'Die Uhr des Servers war zweifelhaft: Über die Uhr des Tokens wurde nichts gelernt.',
    token: 'Token {{serial}}: {{facts}}.',
    emergencyOf: 'Notfallzugang von Token {{serial}}: {{facts}}.',
    pin: {
      good: 'PIN richtig',
      bad: 'PIN falsch oder fehlt',
      'not-set': 'noch keine PIN gesetzt',
      'not-needed': 'keine PIN nötig',
      unreadable: 'nicht in PIN und Tokencode zu trennen',
    },
    code: {
      good: 'Code richtig',
      reused: 'Code schon benutzt',
      'too-old': 'Code älter als ein schon benutzter',
      none: 'Code nicht gefunden',
      unreadable: 'falsche Länge oder Zeichen',
    },
    window: { small: 'kleines Fenster', medium: 'mittleres Fenster', large: 'großes Fenster' },
    clock: 'seine Uhr: {{off}}',
    presses_one: '{{count}} Druck voraus',
    presses_other: '{{count}} Drücke voraus',
    pressesBehind_one: '{{count}} Druck zurück',
    pressesBehind_other: '{{count}} Drücke zurück',
    searched: 'gesucht: {{count}} Codes in beide Richtungen',
    elsewhere: 'Das ist ein richtiger Code von Token {{serial}}, {{off}}: {{advice}}.',
    voided:
      'Das ist ein richtiger Code von Token {{serial}}, wie es vor der Neuverteilung war: Auf dem Gerät ist noch die alte Kopie. Importieren Sie dort die neue, oder nehmen Sie die Neuverteilung zurück.',
    pinToo: 'Die PIN ist falsch oder fehlt.',
    advice: {
      'last-used': 'Es ist der zuletzt benutzte Code; warten, bis die Anzeige wechselt',
      'clocks-differ':
        'Die Uhren von Server und Token gehen zu weit auseinander; Zeitzone des Servers sowie Datum und Uhrzeit des Geräts prüfen',
      'already-used':
        'Er liegt vor einem schon benutzten Code; warten, bis die Anzeige wechselt, oder das Token zurückstellen, wenn seine Uhr zurückgestellt wurde',
      resynchronise: 'zu weit außerhalb der Fenster; Token resynchronisieren',
    },
  },
}
