import { cbc } from '@noble/ciphers/aes.js'
import { equalBytes } from '@noble/ciphers/utils.js'
import { hmac } from '@noble/hashes/hmac.js'
import { pbkdf2 } from '@noble/hashes/pbkdf2.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { concatBytes, hexToBytes } from '@noble/hashes/utils.js'
import { encodeUtf8 } from '../utf8.ts'
import { readCtfPayload, writeCtfPayload } from './ctf-payload.ts'
import { longDeviceId } from './ctf-device-id.ts'
import { type CtfOpening, type CtfReading, type CtfToken, refuseCtf } from './ctf-token.ts'

/** Bytes of a version 3 or 4 token. */
export const ctfBinaryBytes = 291

const kdfRounds = 1000
const macLabel = hexToBytes('d014433c6d179febda09abfc3249634c')
const payloadLabel = hexToBytes('3bafff4d918d89b68160de444e05c0dd')

type Sealing = {
  readonly version: 3 | 4
  readonly password: Uint8Array
  readonly device: Uint8Array
  readonly nonce: Uint8Array
}

/** Version 3 keeps only every second byte of the key material, version 4 all of it. */
function deriveKey(label: Uint8Array, sealing: Sealing): Uint8Array {
  const material = concatBytes(sealing.password, sealing.device, label, sealing.nonce)
  const kept = sealing.version === 4 ? material : material.filter((_, offset) => offset % 2 === 1)
  return pbkdf2(sha256, kept, sealing.nonce, { c: kdfRounds, dkLen: 32 })
}

const deviceHash = (sealing: Sealing) => sha256(concatBytes(sealing.nonce, sealing.device))

const passwordHash = (sealing: Sealing) => sha256(concatBytes(sealing.nonce, sealing.device, sealing.password))

function checkPresence(bytes: Uint8Array, opening: CtfOpening): { needsPassword: boolean; needsDevice: boolean } {
  const needsPassword = bytes[1] !== 0
  const needsDevice = bytes[2] !== 0
  if (needsPassword && !opening.password)
    throw refuseCtf('password-required', 'The token is protected; its password is needed.')
  if (needsDevice && !opening.deviceId)
    throw refuseCtf('device-id-required', 'The token is bound to a device; its device id is needed.')
  return { needsPassword, needsDevice }
}

/** Why the MAC of a token is wrong. Where a hash fits, what it covers is not to blame. */
function whyMacFails(bytes: Uint8Array, sealing: Sealing, needs: ReturnType<typeof checkPresence>) {
  const isDeviceRight = equalBytes(bytes.subarray(3, 35), deviceHash(sealing))
  const isPasswordRight = equalBytes(bytes.subarray(35, 67), passwordHash(sealing))
  if (needs.needsDevice && !isDeviceRight && !isPasswordRight)
    return refuseCtf('wrong-device-id', 'The token is bound to another device than the device id given.')
  if (needs.needsPassword && isDeviceRight && !isPasswordRight)
    return refuseCtf('wrong-password', 'The password does not open the token.')
  return refuseCtf('mac-mismatch', 'The token does not fit its MAC: it is damaged or was changed.')
}

function openPayload(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array): Uint8Array {
  try {
    return cbc(key, nonce).decrypt(sealed)
  } catch {
    throw refuseCtf('invalid-field', 'The content of the token is not padded as it must be.', 'payload')
  }
}

/** Reads the 291 bytes of a version 3 or 4 token. Throws `FormatError`. */
export function readCtfBinary(bytes: Uint8Array, opening: CtfOpening): CtfReading {
  if (bytes.length !== ctfBinaryBytes)
    throw refuseCtf('wrong-length', `The token has ${bytes.length} bytes instead of ${ctfBinaryBytes}.`)
  const version = bytes[0]
  if (version !== 3 && version !== 4)
    throw refuseCtf('unsupported-version', 'The token is of a version other than 3 and 4.', 'version')
  const needs = checkPresence(bytes, opening)
  const sealing: Sealing = {
    version,
    password: encodeUtf8((needs.needsPassword ? opening.password : undefined) ?? ''),
    device: longDeviceId(needs.needsDevice ? opening.deviceId : undefined),
    nonce: bytes.slice(67, 83),
  }
  const mac = hmac(sha256, deriveKey(macLabel, sealing), bytes.subarray(0, 259))
  if (!equalBytes(mac, bytes.subarray(259))) throw whyMacFails(bytes, sealing, needs)
  const payload = openPayload(deriveKey(payloadLabel, sealing), sealing.nonce, bytes.slice(83, 259))
  return {
    version,
    ...readCtfPayload(payload),
    isPasswordProtected: needs.needsPassword,
    isDeviceBound: needs.needsDevice,
  }
}

export type SealCtfRequest = {
  readonly version: 3 | 4
  readonly token: CtfToken
  readonly opening: CtfOpening
  /** 16 random bytes, fresh for each token. */
  readonly nonce: Uint8Array
}

/** Writes the 291 bytes of a version 3 or 4 token. Throws `FormatError` `cannot-write`. */
export function writeCtfBinary(request: SealCtfRequest): Uint8Array {
  const { version, token, opening, nonce } = request
  if (nonce.length !== 16) throw refuseCtf('cannot-write', 'The nonce is not 16 bytes.', 'nonce')
  const device = longDeviceId(opening.deviceId)
  if (opening.deviceId && device[0] === 0)
    throw refuseCtf('cannot-write', 'The device id holds neither letter nor digit.', 'deviceId')
  const sealing: Sealing = { version, password: encodeUtf8(opening.password ?? ''), device, nonce }
  const body = concatBytes(
    Uint8Array.of(version, opening.password ? 1 : 0, opening.deviceId ? 1 : 0),
    deviceHash(sealing),
    passwordHash(sealing),
    nonce,
    cbc(deriveKey(payloadLabel, sealing), nonce).encrypt(writeCtfPayload(token)),
  )
  return concatBytes(body, hmac(sha256, deriveKey(macLabel, sealing), body))
}
