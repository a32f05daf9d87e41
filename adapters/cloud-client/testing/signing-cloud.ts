import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { CompactEncrypt, CompactSign, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose'
import { calculateJwkThumbprint } from 'jose'

export interface Received {
  readonly method: string
  readonly target: string
  readonly request: string
  readonly claims: Readonly<Record<string, unknown>>
  readonly body: Readonly<Record<string, unknown>>
}

export interface Reply {
  readonly status?: number
  readonly body: unknown
  /** Sent as they are in place of JSON. */
  readonly raw?: Buffer
  /** What is signed, where that differs from what is true. */
  readonly claims?: Readonly<Record<string, unknown>>
  readonly unsigned?: true
  readonly foreignKey?: true
  readonly iatSeconds?: number
}

const encoder = new TextEncoder()
const sha256 = (content: Buffer | string) => createHash('sha256').update(content).digest('base64url')

function objectIn(text: string): Readonly<Record<string, unknown>> {
  return text === '' ? {} : (JSON.parse(text) as Readonly<Record<string, unknown>>) // what the client under test wrote
}

/** A service that signs like the cloud, and lies where a test asks it to. */
export class SigningCloud {
  readonly received: Received[] = []
  reply: (received: Received) => Reply | Promise<Reply> = () => ({ body: {} })
  #server: Server | undefined
  #key: CryptoKey | undefined
  #foreign: CryptoKey | undefined
  jwk: { readonly kty: 'OKP'; readonly crv: 'Ed25519'; readonly x: string } = { kty: 'OKP', crv: 'Ed25519', x: '' }
  thumbprint = ''
  url = ''

  async start(): Promise<void> {
    const own = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
    this.#key = own.privateKey
    this.#foreign = (await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })).privateKey
    const { x = '' } = await exportJWK(own.publicKey)
    this.jwk = { kty: 'OKP', crv: 'Ed25519', x }
    this.thumbprint = await calculateJwkThumbprint(this.jwk)
    this.#server = createServer((request, response) => void this.#answer(request, response))
    const server = this.#server
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}` // it listens on TCP
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections()
    await new Promise((resolve) => this.#server?.close(resolve))
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer) // no encoding was set
    const signed = String(request.headers['driftlock-request'] ?? '')
    const text = Buffer.concat(chunks).toString('utf8')
    const received: Received = {
      method: request.method ?? '',
      target: request.url ?? '',
      request: signed,
      claims: objectIn(Buffer.from(signed.split('.')[1] ?? '', 'base64url').toString('utf8')),
      body: objectIn(text),
    }
    this.received.push(received)
    const reply = await this.reply(received)
    const { status = 200, body, raw = Buffer.from(JSON.stringify(body)) } = reply
    const signature = reply.unsigned === true ? undefined : await this.#sign(reply, { status, raw, signed })
    response.writeHead(status, { ...(signature !== undefined && { 'driftlock-answer': signature }) })
    response.end(raw)
  }

  async #sign(
    { claims, iatSeconds = Math.floor(Date.now() / 1000), foreignKey }: Reply,
    { status, raw, signed }: { readonly status: number; readonly raw: Buffer; readonly signed: string },
  ): Promise<string> {
    const key = foreignKey === true ? this.#foreign : this.#key
    const truth = { requestSha256: sha256(signed), status, bodySha256: sha256(raw), iat: iatSeconds }
    return new CompactSign(encoder.encode(JSON.stringify({ ...truth, ...claims })))
      .setProtectedHeader({ alg: 'EdDSA', kid: this.thumbprint, typ: 'driftlock-answer+jwt' })
      .sign(key as CryptoKey) // made at the start
  }

  standing(more: object = {}) {
    const cloudKeys = [{ key: this.jwk, validUntilMs: null }]
    return { companyId: 'c1', companyName: 'Example', haEnabled: true, cloudKeys, serverTimeMs: Date.now(), ...more }
  }
}

export interface SealedFor {
  readonly managerId: string
  readonly recordId: string
  readonly serial: string
  readonly seedVersion: number
}

/** A seed sealed to a manager, as the cloud does it. */
export async function sealSeed(seed: Uint8Array, sealingKey: JWK, header: SealedFor): Promise<string> {
  const kid = await calculateJwkThumbprint(sealingKey)
  return new CompactEncrypt(seed)
    .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', typ: 'driftlock-seed', kid, ...header })
    .encrypt(await importJWK(sealingKey, 'ECDH-ES'))
}
