import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import type { SealedSeedHeader, TokencodeRecord } from '@driftlock/contracts'
import { nameOf } from '../scale/grown-store.ts'

/** The seed of the record of that number, in every process alike. */
export function appSeed(number: number): Uint8Array {
  return createHash('sha256').update(`app ${number}`).digest()
}

export const FIRST_CHANGE_MS = 1_000_000

/** The serial of the record of that number. */
export function appSerialOf(number: number): string {
  return `MFA${String(number).padStart(12, '0')}`
}

/**
 * Makes sealed records fast: one ephemeral key for all of them (RFC 7518 §4.6 asks for one each, which is the cloud's
 * affair). What it costs to open one is the same.
 */
export class RecordMaker {
  readonly #managerId: string
  readonly #header: Pick<SealedSeedHeader, 'kid'> & { readonly epk: object }
  readonly #key: Buffer

  /** @param jwk P-256 or X25519, public. */
  constructor(managerId: string, { jwk, kid }: { readonly jwk: { readonly crv: string }; readonly kid: string }) {
    this.#managerId = managerId
    const pair =
      jwk.crv === 'X25519' ? generateKeyPairSync('x25519') : generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
    const publicKey = createPublicKey({ key: jwk, format: 'jwk' })
    const agreed = diffieHellman({ privateKey: pair.privateKey, publicKey })
    this.#header = { kid, epk: pair.publicKey.export({ format: 'jwk' }) }
    this.#key = concatKdf(agreed)
  }

  /** @param lastUsedStep of a record that changed; null = as it was first. */
  record(number: number, changeTimeMs: number, lastUsedStep: string | null): TokencodeRecord {
    const recordId = `r${String(number).padStart(9, '0')}`
    const serial = appSerialOf(number)
    return {
      recordId,
      serial,
      changeTimeMs,
      lastUsedStep,
      userAttribute: nameOf(number),
      identitySource: 'Employees',
      algorithm: 'sha256',
      digits: 8,
      intervalSeconds: 60,
      clockOffsetMs: null,
      seedVersion: 1,
      state: 'active',
      sealedSeed: this.#seal({ recordId, serial, managerId: this.#managerId, seedVersion: 1 }, appSeed(number)),
    }
  }

  #seal(facts: Omit<SealedSeedHeader, 'alg' | 'enc' | 'typ' | 'kid'>, seed: Uint8Array): string {
    const header = { alg: 'ECDH-ES', enc: 'A256GCM', typ: 'driftlock-seed', ...this.#header, ...facts }
    const protectedPart = Buffer.from(JSON.stringify(header)).toString('base64url')
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce).setAAD(Buffer.from(protectedPart))
    const sealed = Buffer.concat([cipher.update(seed), cipher.final()])
    const parts = [nonce, sealed, cipher.getAuthTag()].map((part) => part.toString('base64url'))
    return [protectedPart, '', ...parts].join('.')
  }
}

/** RFC 7518 §4.6.2 for A256GCM without party information: one round of SHA-256. */
function concatKdf(agreed: Uint8Array): Buffer {
  const number = (value: number) => {
    const four = Buffer.alloc(4)
    four.writeUInt32BE(value)
    return four
  }
  const algorithm = Buffer.from('A256GCM')
  const other = [number(algorithm.length), algorithm, number(0), number(0), number(256)]
  return createHash('sha256')
    .update(Buffer.concat([number(1), agreed, ...other]))
    .digest()
}

/** Opens a seed with the platform's own cryptography and nothing around it: what the bench holds the manager against. */
export function openBare(sealedSeed: string, privateKey: KeyObject): Uint8Array {
  const [protectedPart = '', , nonce = '', sealed = '', tag = ''] = sealedSeed.split('.')
  const { epk } = JSON.parse(octets(protectedPart).toString('utf8')) as { epk: Record<string, string> } // as sealed above
  const publicKey = createPublicKey({ key: epk, format: 'jwk' })
  const key = concatKdf(diffieHellman({ privateKey, publicKey }))
  const decipher = createDecipheriv('aes-256-gcm', key, octets(nonce))
    .setAAD(Buffer.from(protectedPart))
    .setAuthTag(octets(tag))
  return Buffer.concat([decipher.update(octets(sealed)), decipher.final()])
}

function octets(text: string): Buffer {
  return Buffer.from(text, 'base64url')
}
