import { oathLimits } from '../oath-token.ts'
import { refuseSeedList } from './refuse.ts'
import { SerialLines } from './serial-lines.ts'

/** Shorter runs of digits are no vendor's serials but somebody's own numbering, which may grow by a digit. */
const MIN_VENDOR_DIGITS = 6

/** Remembers a list's serials and refuses the ones a spreadsheet spoiled or that occur twice. */
export class SerialBook {
  readonly #lines = new SerialLines()
  readonly #allowsMixedLengths: boolean
  #firstNumeric: { readonly length: number; readonly line: number } | undefined

  constructor(allowsMixedLengths: boolean) {
    this.#allowsMixedLengths = allowsMixedLengths
  }

  /** Enters the serial of a line; refuses it with a cause that names the other line where there is one. */
  enter(serial: string | undefined, line: number): string {
    if (!serial) return refuseSeedList('missing-field', { line, field: 'serial' }, 'the serial number is missing')
    this.#requireUnspoiled(serial, line)
    const earlier = this.#lines.get(serial)
    if (earlier !== undefined) {
      const cause = `the serial number is already on line ${earlier}; lines ${earlier} and ${line} cannot both hold`
      return refuseSeedList('duplicate-serial', { line, serial, field: 'serial' }, cause)
    }
    this.#lines.set(serial, line)
    return serial
  }

  /** A user's next token in a list without serials: the user's name, then the name with -2, -3 … */
  enterUser(user: string | undefined, line: number): string {
    if (!user) return refuseSeedList('missing-field', { line, field: 'user' }, 'the user name is missing')
    const count = (this.#lines.get(user) ?? 0) + 1
    this.#lines.set(user, count)
    return count === 1 ? user : `${user}-${count}`
  }

  #requireUnspoiled(serial: string, line: number): void {
    const refuse = (cause: string): never => refuseSeedList('invalid-field', { line, field: 'serial' }, cause)
    if (serial.length > oathLimits.maxSerialLength || /\p{Cc}/u.test(serial)) {
      refuse('the serial number is too long or holds control characters')
    }
    if (/^[+-]?\d+([.,]\d+)?E[+-]?\d+$/i.test(serial) && /[.,+-]|^\dE/i.test(serial)) {
      refuse('a spreadsheet turned the serial number into a power of ten; export the column as text')
    }
    if (/^#+(REF!?|N\/A|VALUE!?)?$/i.test(serial)) refuse('a spreadsheet put an error in place of the serial number')
    if (/^\d+$/.test(serial) && serial.length >= MIN_VENDOR_DIGITS) this.#requireSameLength(serial.length, line)
  }

  #requireSameLength(length: number, line: number): void {
    this.#firstNumeric ??= { length, line }
    const first = this.#firstNumeric
    if (first.length === length || this.#allowsMixedLengths) return
    const cause =
      `the serial number has ${length} digits, the one on line ${first.line} has ${first.length}: a spreadsheet seems to ` +
      'have dropped leading zeros; export the column as text, or allow serial numbers of different lengths'
    refuseSeedList('invalid-field', { line, field: 'serial' }, cause)
  }
}
