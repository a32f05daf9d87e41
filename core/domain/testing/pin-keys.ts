import type { PinKeys } from '../pin/pin-state.ts'

/** A key ring with an earlier and a current pepper key, for tests; `currentId` says which one is current. */
export function testPinKeys(currentId: 'k1' | 'k2' = 'k2'): PinKeys {
  const byId = new Map([
    ['k1', new Uint8Array(32).fill(1)],
    ['k2', new Uint8Array(32).fill(2)],
  ])
  const key = byId.get(currentId) ?? new Uint8Array(32)
  return { current: { id: currentId, key }, byId }
}
