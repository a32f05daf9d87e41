import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

/** What a sealed value is for; a value sealed for one use opens for no other. */
export type SealUse = 'session' | 'dialogue' | 'form'

const NONCE_OCTETS = 12
const TAG_OCTETS = 16

/**
 * Seals values for the browser to carry: AES-256-GCM under the first key, opened under any of them, so that keys change
 * without logging anybody off. `bound` is what the value holds for besides (a host, a browser): it opens with the same alone.
 */
export class Seal {
  readonly #keys: readonly Buffer[]

  /** @param keys 32 octets each, the newest first. */
  constructor(keys: readonly Buffer[]) {
    this.#keys = keys
  }

  seal(use: SealUse, bound: string, value: unknown): string {
    const nonce = randomBytes(NONCE_OCTETS)
    const cipher = createCipheriv('aes-256-gcm', this.#keys[0] ?? Buffer.alloc(0), nonce)
    cipher.setAAD(associated(use, bound))
    const sealed = cipher.update(JSON.stringify(value), 'utf8')
    return Buffer.concat([nonce, sealed, cipher.final(), cipher.getAuthTag()]).toString('base64url')
  }

  /** @returns what was sealed, or `undefined` for anything these keys did not seal for this use and binding. */
  open(use: SealUse, bound: string, text: string): unknown {
    const octets = Buffer.from(text, 'base64url')
    if (octets.length < NONCE_OCTETS + TAG_OCTETS) return undefined
    for (const key of this.#keys) {
      const decipher = createDecipheriv('aes-256-gcm', key, octets.subarray(0, NONCE_OCTETS))
      decipher.setAAD(associated(use, bound))
      decipher.setAuthTag(octets.subarray(-TAG_OCTETS))
      const content = decipher.update(octets.subarray(NONCE_OCTETS, -TAG_OCTETS))
      try {
        decipher.final()
      } catch {
        continue
      }
      return JSON.parse(content.toString('utf8'))
    }
    return undefined
  }
}

function associated(use: SealUse, bound: string): Buffer {
  return Buffer.from(`driftlock-web-agent\n${use}\n${bound}`)
}
