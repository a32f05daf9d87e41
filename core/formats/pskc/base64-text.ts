import { base64 } from '@scure/base'

/** Base64 (RFC 4648 §4) with blanks anywhere, as XML files hold it; undefined for anything else, the empty text included. */
export const decodeBase64 = (text: string): Uint8Array | undefined => {
  const letters = text.replace(/\s/g, '')
  if (letters === '') return undefined
  try {
    return base64.decode(letters)
  } catch {
    return undefined // the library's message quotes the text, which may be a secret
  }
}

/** Base64 with padding. */
export const encodeBase64 = (bytes: Uint8Array): string => base64.encode(bytes)
