import { createHash, createHmac } from 'node:crypto'
import type { RadiusDigests } from '@driftlock/formats'

/** MD5 and HMAC-MD5 by the platform. */
export const nodeDigests: RadiusDigests = {
  md5(...parts) {
    const digest = createHash('md5')
    for (const part of parts) digest.update(part)
    return digest.digest()
  },
  hmacMd5(key, ...parts) {
    const digest = createHmac('md5', key)
    for (const part of parts) digest.update(part)
    return digest.digest()
  },
}
