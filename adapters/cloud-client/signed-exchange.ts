import { CloudError } from '@driftlock/application'
import {
  ANSWER_HEADER,
  type AnswerClaims,
  answerClaims,
  answerHeader,
  CLOUD_LIMITS,
  REQUEST_HEADER,
  type RequestClaims,
} from '@driftlock/contracts'
import { CompactSign, compactVerify, decodeProtectedHeader, importJWK } from 'jose'
import { type RawAnswer, send } from './cloud-transport.ts'
import { sha256Text } from './digests.ts'
import type { SigningKey } from './manager-keys.ts'

/** Which keys an answer may be signed with: the public key of a `kid`, or undefined. */
export type KeyLookup = (kid: string, body: Uint8Array) => Promise<object | undefined>

export interface Exchange {
  readonly baseUrl: string
  readonly issuer: string
  readonly signing: SigningKey
  readonly method: 'GET' | 'POST'
  readonly target: string
  readonly body: Uint8Array | undefined
  readonly timeoutMs: number
  /** Unix seconds, as the cloud is believed to count them. */
  readonly nowSeconds: number
  /** At least 128 random bits. */
  readonly nonce: Uint8Array
  readonly believed: KeyLookup
}

export interface BelievedAnswer {
  readonly status: number
  readonly body: Uint8Array
  /** Unix seconds at the cloud. */
  readonly issuedAtSeconds: number
}

const encoder = new TextEncoder()

/**
 * One signed request and its answer, believed only when a key of the cloud signed it for this very request: status and
 * every octet. @throws CloudError, `CLOUD_ANSWER_UNTRUSTED` among others.
 */
export async function exchange(asked: Exchange): Promise<BelievedAnswer> {
  const request = await signedRequest(asked)
  const { method, target, body, timeoutMs, baseUrl } = asked
  const headers = { [REQUEST_HEADER]: request }
  const answer = await send(baseUrl, { method, target, body, headers, timeoutMs }, ANSWER_HEADER)
  const claims = await believedClaims(answer, asked.believed)
  const fits =
    claims.requestSha256 === sha256Text(request) &&
    claims.status === answer.status &&
    claims.bodySha256 === sha256Text(answer.body)
  if (!fits) throw untrusted('its signature is for another request or another content')
  return { status: answer.status, body: answer.body, issuedAtSeconds: claims.iat }
}

async function signedRequest(asked: Exchange): Promise<string> {
  const { issuer, signing, method, target, body = new Uint8Array(), nowSeconds, nonce } = asked
  const claims: RequestClaims = {
    iss: issuer,
    iat: nowSeconds,
    jti: Buffer.from(nonce).toString('base64url'),
    method,
    target,
    bodySha256: sha256Text(body),
  }
  return new CompactSign(encoder.encode(JSON.stringify(claims)))
    .setProtectedHeader({ alg: 'EdDSA', kid: signing.kid, typ: 'driftlock-request+jwt' })
    .sign(signing.key)
}

async function believedClaims({ status, body, signature }: RawAnswer, believed: KeyLookup): Promise<AnswerClaims> {
  if (signature === null || signature.length > CLOUD_LIMITS.signedHeaderLength) {
    // A proxy in between says this of a cloud that is away; the cloud itself signs all it says.
    if (status === 502 || status === 503 || status === 504)
      throw new CloudError('CLOUD_UNREACHABLE', `Something before the cloud access service answers: HTTP ${status}.`)
    throw untrusted(`it is not signed (HTTP ${status})`)
  }
  try {
    const header = answerHeader.parse(decodeProtectedHeader(signature))
    const jwk = await believed(header.kid, body)
    if (jwk === undefined) throw untrusted('it is signed with a key that is not the cloud’s')
    const key = await importJWK(jwk, 'EdDSA')
    const { payload } = await compactVerify(signature, key, { algorithms: ['EdDSA'] })
    return answerClaims.parse(JSON.parse(Buffer.from(payload).toString('utf8')))
  } catch (error) {
    if (error instanceof CloudError) throw error
    throw untrusted('its signature does not hold', error)
  }
}

export function untrusted(why: string, cause?: unknown): CloudError {
  return new CloudError(
    'CLOUD_ANSWER_UNTRUSTED',
    `The answer was not believed: ${why}. Look at what lies between here and the cloud access service.`,
    cause === undefined ? {} : { cause },
  )
}
