import { StoreError } from '@driftlock/application'
import { type Step, step, type UnixMs, unixMs } from '@driftlock/domain'

const LARGEST_STEP = 2n ** 63n - 1n

export function instant(value: number): UnixMs {
  return unixMs(value)
}

export function instantOrNull(value: number | null): UnixMs | null {
  return value === null ? null : unixMs(value)
}

export function flag(value: boolean): number {
  return value ? 1 : 0
}

/** @returns the step as both engines take it. @throws StoreError `INVALID_VALUE` beyond 63 bits. */
export function stepText(value: Step): string {
  if (value < -1n || value > LARGEST_STEP) {
    throw new StoreError('INVALID_VALUE', 'A step must lie between -1 and 2^63 - 1 to be stored.', {
      facts: { field: 'step' },
    })
  }
  return value.toString()
}

export function stepOf(value: string | bigint | number): Step {
  return step(BigInt(value))
}

/** The bytes without a copy, as a plain `Uint8Array` (drivers hand out their own subclasses). */
export function bytes(value: Uint8Array): Uint8Array {
  return new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
}

export function base64(value: Uint8Array): string {
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64')
}

export function fromBase64(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'))
}

/** Key of a text for searches: what differs only in case or form is alike. */
export function searchKey(text: string): string {
  return text.normalize('NFC').trim().toLowerCase()
}
