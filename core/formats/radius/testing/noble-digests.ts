import { hmac } from '@noble/hashes/hmac.js'
import { md5 } from '@noble/hashes/legacy.js'
import { concatBytes } from '@noble/hashes/utils.js'
import type { RadiusDigests } from '../digests.ts'

/** The digests of a pure library, so that the codec's tests need no platform. */
export const nobleDigests: RadiusDigests = {
  md5: (...parts) => md5(concatBytes(...parts)),
  hmacMd5: (key, ...parts) => hmac(md5, key, concatBytes(...parts)),
}
