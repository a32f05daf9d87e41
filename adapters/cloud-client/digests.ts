import { createHash } from 'node:crypto'

/** SHA-256 in base64url, as the signed messages carry it. */
export function sha256Text(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('base64url')
}
