/** Digits that a number holds exactly with another digit before them. */
const PACKED_DIGITS = 14
const FIRST_PLACES = 1024
const NONE = 0

/**
 * The line of every serial of a list. Serials are mostly digits: those are kept as numbers in two plain arrays, at some 20 bytes
 * each instead of the hundred of a map of texts, so that a list of a million tokens is read in little memory.
 */
export class SerialLines {
  readonly #texts = new Map<string, number>()
  #numbers = new Float64Array(FIRST_PLACES)
  #lines = new Uint32Array(FIRST_PLACES)
  #count = 0

  get(serial: string): number | undefined {
    const number = packed(serial)
    if (number === undefined) return this.#texts.get(serial)
    const place = this.#placeOf(number)
    return this.#numbers[place] === NONE ? undefined : this.#lines[place]
  }

  set(serial: string, line: number): void {
    const number = packed(serial)
    if (number === undefined) {
      this.#texts.set(serial, line)
      return
    }
    if (this.#count * 3 > this.#numbers.length * 2) this.#grow()
    this.#put(number, line)
  }

  #put(number: number, line: number): void {
    const place = this.#placeOf(number)
    if (this.#numbers[place] === NONE) this.#count += 1
    this.#numbers[place] = number
    this.#lines[place] = line
  }

  /** Where the number is, or the free place where it belongs. */
  #placeOf(number: number): number {
    const last = this.#numbers.length - 1 // a power of two less one
    let place = (Math.imul(number % 0x1_0000_0000, 0x9e37_79b1) >>> 8) & last
    while (this.#numbers[place] !== NONE && this.#numbers[place] !== number) place = (place + 1) & last
    return place
  }

  #grow(): void {
    const [numbers, lines] = [this.#numbers, this.#lines]
    this.#numbers = new Float64Array(numbers.length * 2)
    this.#lines = new Uint32Array(lines.length * 2)
    this.#count = 0
    for (const [place, number] of numbers.entries()) if (number !== NONE) this.#put(number, lines[place] ?? 0)
  }
}

/** A digit goes before them, so that 007 and 7 stay apart. */
function packed(serial: string): number | undefined {
  return serial.length <= PACKED_DIGITS && /^[0-9]+$/.test(serial) ? Number(`1${serial}`) : undefined
}
