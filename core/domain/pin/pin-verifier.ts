import { equalInConstantTime } from '../constant-time.ts'
import { normaliseEmergencyCode } from '../emergency/emergency-code-format.ts'
import { keyedHash, keyedHashAfter } from '../keyed-hash.ts'
import type { PinKeys, PinVerifier } from './pin-state.ts'

// Part of every stored verifier: changing one voids all PINs, or all emergency codes.
const PIN_PURPOSE = 'driftlock pin verifier 1'
const CODE_PURPOSE = 'driftlock emergency code verifier 1'

/** A verifier and the token it was made for. */
export interface KeptVerifier {
  readonly tokenId: string
  readonly verifier: PinVerifier
}

/**
 * What is kept of a PIN: HMAC-SHA256 under the current pepper key over the purpose, the token id and the PIN. The same
 * PIN on another token has another verifier, so equal PINs cannot be seen in the database. PINs are case-sensitive.
 */
export function makePinVerifier(pin: string, tokenId: string, keys: PinKeys): PinVerifier {
  return make([PIN_PURPOSE, tokenId, pin], keys)
}

/**
 * Whether this is the PIN, compared in constant time under the key that made the verifier.
 * @returns false as well when that key is no longer in the key ring.
 */
export function verifyPin(pin: string, kept: KeptVerifier, keys: PinKeys): boolean {
  return verify([PIN_PURPOSE, kept.tokenId, pin], kept.verifier, keys)
}

/** `verifyPin` for many PINs against one verifier: the check of a PINPad passcode has one for each step it looks at. */
export function pinCheck({ tokenId, verifier }: KeptVerifier, keys: PinKeys): (pin: string) => boolean {
  const key = keys.byId.get(verifier.keyId)
  if (key === undefined) return () => false
  const macOf = keyedHashAfter(key, [PIN_PURPOSE, tokenId])
  return (pin) => equalInConstantTime(macOf(pin), verifier.mac)
}

/** `verifyPin` for an emergency access tokencode; spelling is normalised first (`normaliseEmergencyCode`). */
export function makeCodeVerifier(code: string, tokenId: string, keys: PinKeys): PinVerifier {
  return make([CODE_PURPOSE, tokenId, normaliseEmergencyCode(code)], keys)
}

/** Whether this is the emergency access tokencode; constant time, false when the key is gone. */
export function verifyCode(code: string, kept: KeptVerifier, keys: PinKeys): boolean {
  return verify([CODE_PURPOSE, kept.tokenId, normaliseEmergencyCode(code)], kept.verifier, keys)
}

type Message = Parameters<typeof keyedHash>[1]

function make(message: Message, keys: PinKeys): PinVerifier {
  return { keyId: keys.current.id, mac: keyedHash(keys.current.key, message) }
}

function verify(message: Message, verifier: PinVerifier, keys: PinKeys): boolean {
  const key = keys.byId.get(verifier.keyId)
  return key !== undefined && equalInConstantTime(keyedHash(key, message), verifier.mac)
}
