import { createHash, randomBytes } from 'node:crypto'
import { ANSWER_HEADER, answerClaims, managerCalls, REQUEST_HEADER } from '@driftlock/contracts'
import {
  calculateJwkThumbprint,
  CompactSign,
  compactDecrypt,
  compactVerify,
  type CryptoKey,
  exportJWK,
  generateKeyPair,
  importJWK,
} from 'jose'

export interface KeyPair {
  readonly id: string
  readonly jwk: Readonly<Record<string, string>>
  readonly privateKey: CryptoKey
}

export async function newKeyPair(use: 'sign' | 'X25519' | 'P-256'): Promise<KeyPair> {
  const pair =
    use === 'sign'
      ? await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
      : await generateKeyPair('ECDH-ES', { crv: use, extractable: true })
  const { kty = '', crv = '', x = '', y } = await exportJWK(pair.publicKey)
  const jwk = { kty, crv, x, ...(y !== undefined && { y }) }
  return { id: await calculateJwkThumbprint(jwk), jwk, privateKey: pair.privateKey }
}

export interface TestAnswer {
  readonly status: number
  readonly body: unknown
  /** Octets of the body. */
  readonly octets: number
  /** Whether the cloud signed this body, this status and this request; `undefined` = not signed at all. */
  readonly signed: boolean | undefined
}

/** What a test changes of a request before or after it is signed. */
export interface Tampering {
  readonly claims?: Readonly<Record<string, unknown>>
  readonly target?: string
  /** Sent instead of the signed body. */
  readonly sentBody?: string
  readonly header?: string
}

/** The other side of the wire contract, written for tests: no retries, no state, everything to be tampered with. */
export class TestManager {
  readonly url: string
  signing: KeyPair
  sealing: KeyPair
  managerId = 'registration'
  companyId = ''
  cloudKeys: readonly Readonly<Record<string, string>>[] = []
  lastHeader = ''

  constructor(url: string, keys: { readonly signing: KeyPair; readonly sealing: KeyPair }) {
    this.url = url
    this.signing = keys.signing
    this.sealing = keys.sealing
  }

  /** Makes keys and registers with a code. @throws Error when the answer is not signed by the key that the code names. */
  static async connect(url: string, code: string, curve: 'X25519' | 'P-256' = 'X25519'): Promise<TestManager> {
    const manager = new TestManager(url, { signing: await newKeyPair('sign'), sealing: await newKeyPair(curve) })
    const answer = await manager.register(code)
    if (answer.status !== 200) throw new Error(`registration: ${answer.status} ${JSON.stringify(answer.body)}`)
    return manager
  }

  async register(code: string): Promise<TestAnswer> {
    const answer = await this.call('POST', managerCalls.register.path, {
      body: {
        registrationCode: code,
        deploymentName: 'Test deployment',
        signingKey: this.signing.jwk,
        sealingKey: this.sealing.jwk,
      },
    })
    const read = managerCalls.register.response.safeParse(answer.body)
    if (!read.success) return answer
    const keys = read.data.cloudKeys.map(({ key }) => key)
    const thumbprints = await Promise.all(keys.map((key) => calculateJwkThumbprint(key)))
    if (!thumbprints.includes(code.split('.')[1] ?? '')) throw new Error('another cloud answered')
    this.managerId = read.data.managerId
    this.companyId = read.data.companyId
    this.cloudKeys = keys
    return answer
  }

  async call(
    method: 'GET' | 'POST',
    target: string,
    { body, ...tampering }: Tampering & { readonly body?: unknown } = {},
  ): Promise<TestAnswer> {
    const text = body === undefined ? '' : JSON.stringify(body)
    const claims = {
      iss: this.managerId,
      iat: Math.floor(Date.now() / 1000),
      jti: randomBytes(16).toString('base64url'),
      method,
      target,
      bodySha256: sha256(text),
      ...tampering.claims,
    }
    const header =
      tampering.header ??
      (await new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
        .setProtectedHeader({ alg: 'EdDSA', kid: this.signing.id, typ: 'driftlock-request+jwt' })
        .sign(this.signing.privateKey))
    this.lastHeader = header
    const sent = tampering.sentBody ?? text
    const answer = await fetch(new URL(tampering.target ?? target, this.url), {
      method,
      headers: {
        ...(header !== '' && { [REQUEST_HEADER]: header }),
        ...(sent !== '' && { 'content-type': 'application/json' }),
      },
      ...(sent !== '' && { body: sent }),
    })
    const content = await answer.text()
    const { status } = answer
    const signature = answer.headers.get(ANSWER_HEADER)
    return {
      status,
      body: content === '' ? undefined : JSON.parse(content),
      octets: Buffer.byteLength(content),
      signed: signature === null ? undefined : await this.#isGenuine(signature, { header, status, content }),
    }
  }

  async openSeed(
    sealedSeed: string,
  ): Promise<{ readonly seed: Uint8Array; readonly header: Readonly<Record<string, unknown>> }> {
    const { plaintext, protectedHeader } = await compactDecrypt(sealedSeed, this.sealing.privateKey)
    return { seed: plaintext, header: { ...protectedHeader } }
  }

  async #isGenuine(
    signature: string,
    { header, status, content }: { readonly header: string; readonly status: number; readonly content: string },
  ): Promise<boolean> {
    for (const jwk of this.cloudKeys) {
      const verified = await compactVerify(signature, await importJWK(jwk, 'EdDSA')).catch(() => undefined)
      if (verified === undefined) continue
      const claims = answerClaims.parse(JSON.parse(new TextDecoder().decode(verified.payload)))
      return (
        claims.requestSha256 === sha256(header) && claims.status === status && claims.bodySha256 === sha256(content)
      )
    }
    return false
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
