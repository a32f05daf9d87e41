import { PIN_FAULTS, type PinFault } from './pin-rules.ts'

const GERMAN_PIN_FAULTS: Readonly<Record<PinFault, string>> = {
  'token-without-pin': 'Dieses Token hat keine PIN.',
  'too-short': 'Die PIN ist zu kurz.',
  'too-long': 'Die PIN ist zu lang.',
  'not-only-digits': 'Die PIN darf nur Ziffern enthalten.',
  'not-letters-and-digits': 'Die PIN darf nur die Buchstaben a bis z und Ziffern enthalten.',
  'too-few-letters': 'Die PIN hat zu wenige Buchstaben.',
  'too-few-digits': 'Die PIN hat zu wenige Ziffern.',
  'leading-zero': 'Die PIN dieses Tokens darf nicht mit 0 beginnen.',
  'excluded-word': 'Die PIN enthält ein Wort, das nicht erlaubt ist.',
  trivial: 'Die PIN ist zu leicht zu erraten: keine Folge wie 1234, keine Wiederholung wie 1212.',
  'same-as-current': 'Die PIN ist die jetzige. Wählen Sie eine andere.',
  'used-before': 'Diese PIN hatten Sie schon. Wählen Sie eine andere.',
  'changed-too-recently': 'Die PIN wurde erst vor Kurzem geändert. Versuchen Sie es später.',
}

const BY_ENGLISH: ReadonlyMap<string, string> = new Map(
  Object.entries(GERMAN_PIN_FAULTS).map(([fault, text]) => [PIN_FAULTS[fault as PinFault], text]), // a key of the record
)

/** The German of a text of `PIN_FAULTS`; `undefined` for any other text. */
export function pinFaultInGerman(text: string): string | undefined {
  return BY_ENGLISH.get(text)
}
