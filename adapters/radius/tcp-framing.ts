import { radiusHeaderOctets, radiusMaxOctets } from '@driftlock/formats'

/** Cuts a byte stream into RADIUS packets by their Length field (RFC 6613 §2.2). */
export class TcpFraming {
  #rest: Buffer = Buffer.alloc(0)

  /**
   * Adds received octets and returns the packets now complete, each a copy of its own. `undefined` when a Length is
   * outside 20..4096: the stream can no longer be followed and must be closed (§2.6.4).
   */
  push(chunk: Uint8Array): readonly Uint8Array[] | undefined {
    this.#rest = this.#rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.#rest, chunk])
    const packets: Uint8Array[] = []
    while (this.#rest.length >= 4) {
      const length = this.#rest.readUInt16BE(2)
      if (length < radiusHeaderOctets || length > radiusMaxOctets) return undefined
      if (this.#rest.length < length) break
      packets.push(Uint8Array.from(this.#rest.subarray(0, length)))
      this.#rest = this.#rest.subarray(length)
    }
    return packets
  }

  /** Whether a packet has begun and not ended. */
  get isMidPacket(): boolean {
    return this.#rest.length > 0
  }
}
