import { base64 } from '@scure/base'
import { writeCtfBinary } from './ctf-binary.ts'
import { writeCtfDigits } from './ctf-digits.ts'
import { type CtfSpelling, deviceIdLengthOf, spellCtf } from './ctf-spelling.ts'
import { type CtfOpening, type CtfToken, refuseCtf } from './ctf-token.ts'

/** Versions 1 and 2 in any spelling; 3 and 4 only as links, with 16 fresh random bytes. Version 1 is for very old apps only. */
export type WriteCtfRequest = CtfOpening & { readonly token: CtfToken } & (
    | { readonly version: 1 | 2; readonly spelling: CtfSpelling }
    | {
        readonly version: 3 | 4
        readonly spelling: Exclude<CtfSpelling, 'digits' | 'blocks'>
        readonly nonce: Uint8Array
      }
  )

function checkToken(token: CtfToken): void {
  if (!/^\d{12}$/.test(token.serial)) throw refuseCtf('cannot-write', 'The serial is not 12 digits.', 'serial')
  if (token.seed.length !== 16) throw refuseCtf('cannot-write', 'The seed is not 16 bytes.', 'seed')
  if (!Number.isInteger(token.digits) || token.digits < 1 || token.digits > 8)
    throw refuseCtf('cannot-write', 'The number of digits is not between 1 and 8.', 'digits')
}

/**
 * Writes a compressed token string. Whoever has it (and the password, where one is given) has the token: versions 1 and 2 do
 * not slow down guessing of passwords, so prefer long ones or version 4. Throws `FormatError` `cannot-write`.
 */
export function writeCtf(request: WriteCtfRequest): string {
  const { token, spelling } = request
  checkToken(token)
  const opening = { password: request.password || undefined, deviceId: request.deviceId || undefined }
  if (!('nonce' in request)) {
    const form = { version: request.version, deviceIdLength: deviceIdLengthOf(spelling) }
    return spellCtf(writeCtfDigits(token, opening, form), spelling)
  }
  const bytes = writeCtfBinary({ version: request.version, token, opening, nonce: request.nonce })
  return spellCtf(base64.encode(bytes), spelling)
}
