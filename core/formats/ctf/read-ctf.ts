import { base64 } from '@scure/base'
import { ctfBinaryBytes, readCtfBinary } from './ctf-binary.ts'
import { readCtfDigits } from './ctf-digits.ts'
import { parseCtfSpelling } from './ctf-spelling.ts'
import { type CtfOpening, type CtfReading, refuseCtf } from './ctf-token.ts'

const base64Characters = (ctfBinaryBytes / 3) * 4

function decodeBase64(text: string): Uint8Array {
  if (text.length !== base64Characters)
    throw refuseCtf('wrong-length', `The token has ${text.length} characters instead of ${base64Characters}.`)
  try {
    return base64.decode(text)
  } catch {
    throw refuseCtf('invalid-field', 'The token is not base64.')
  }
}

/**
 * Reads a compressed token string (CTF) of version 1 to 4 in any spelling: digits, blocks of digits, links.
 * Throws `FormatError`: `wrong-length` and `bad-checksum` or `mac-mismatch` for a damaged one, `password-required`,
 * `wrong-password`, `device-id-required`, `wrong-device-id`, `ctkip-link`, `not-ctf`. Password and device id are ignored
 * where the token does not ask for them.
 */
export function readCtf(text: string, opening: CtfOpening = {}): CtfReading {
  const data = parseCtfSpelling(text)
  if (data.kind === 'digits') return readCtfDigits(data.digits, opening)
  return readCtfBinary(decodeBase64(data.text), opening)
}
