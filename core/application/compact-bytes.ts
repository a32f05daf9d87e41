const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const LONGEST_ID = 36
const UUID_MARK = 0

/** Writes small binary records. Big-endian. Every method throws RangeError for a value that does not fit. */
export class ByteWriter {
  readonly #octets: number[] = []

  uint8(value: number): void {
    if (!Number.isInteger(value) || value < 0 || value > 255) throw new RangeError('The number needs more than 1 octet')
    this.#octets.push(value)
  }

  uint48(value: number): void {
    this.#unsigned(BigInt(value), 6)
  }

  uint64(value: bigint): void {
    this.#unsigned(value, 8)
  }

  /** 1-36 ASCII characters; a UUID in lower case takes 17 octets. */
  id(value: string): void {
    if (UUID.test(value)) {
      this.uint8(UUID_MARK)
      const hex = value.replaceAll('-', '')
      for (let at = 0; at < hex.length; at += 2) this.uint8(Number.parseInt(hex.slice(at, at + 2), 16))
      return
    }
    if (value.length < 1 || value.length > LONGEST_ID) throw new RangeError(`An id has 1-${LONGEST_ID} characters`)
    this.uint8(value.length)
    for (let at = 0; at < value.length; at++) {
      const unit = value.charCodeAt(at)
      if (unit < 0x20 || unit > 0x7e) throw new RangeError('An id is printable ASCII')
      this.uint8(unit)
    }
  }

  fixed(value: Uint8Array, length: number): void {
    if (value.length !== length) throw new RangeError(`${length} octets are needed, not ${value.length}`)
    for (const octet of value) this.#octets.push(octet)
  }

  bytes(): Uint8Array {
    return Uint8Array.from(this.#octets)
  }

  #unsigned(value: bigint, octets: number): void {
    if (value < 0n || value >= 1n << BigInt(octets * 8))
      throw new RangeError(`The number needs more than ${octets} octets`)
    for (let shift = octets - 1; shift >= 0; shift--) this.#octets.push(Number((value >> BigInt(shift * 8)) & 0xffn))
  }
}

/** Reads what `ByteWriter` wrote. Every method throws RangeError where the bytes end or are not canonical. */
export class ByteReader {
  readonly #bytes: Uint8Array
  #at = 0

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }

  uint8(): number {
    return Number(this.#unsigned(1))
  }

  uint48(): number {
    return Number(this.#unsigned(6))
  }

  uint64(): bigint {
    return this.#unsigned(8)
  }

  id(): string {
    const length = this.uint8()
    if (length === UUID_MARK) return uuidOf(this.fixed(16))
    if (length > LONGEST_ID) throw new RangeError('The id is too long')
    const text = String.fromCharCode(...this.fixed(length))
    if (!/^[\x20-\x7e]+$/.test(text) || UUID.test(text)) throw new RangeError('The id is not canonical')
    return text
  }

  fixed(length: number): Uint8Array {
    if (this.#at + length > this.#bytes.length) throw new RangeError('The bytes end too early')
    this.#at += length
    return new Uint8Array(this.#bytes.subarray(this.#at - length, this.#at)) // a copy; slice of a Node Buffer is none
  }

  atEnd(): boolean {
    return this.#at === this.#bytes.length
  }

  #unsigned(octets: number): bigint {
    return this.fixed(octets).reduce((value, octet) => (value << 8n) | BigInt(octet), 0n)
  }
}

function uuidOf(octets: Uint8Array): string {
  const hex = Array.from(octets, (octet) => octet.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
