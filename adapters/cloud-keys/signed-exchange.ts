import type { PublicKeyText } from '@driftlock/application'
import {
  type AnswerClaims,
  answerHeader,
  CLOUD_LIMITS,
  type RequestClaims,
  requestClaims,
  requestHeader,
} from '@driftlock/contracts'
import { CompactSign, compactVerify, type CryptoKey, importPKCS8 } from 'jose'
import { importPublicKey } from './public-keys.ts'

/** What a signed header says before anybody believes it. */
export interface UnverifiedRequest {
  readonly keyId: string
  readonly claims: RequestClaims
}

/** @returns undefined for whatever is no signed request of this protocol; nothing is verified yet. */
export function readSignedRequest(header: string): UnverifiedRequest | undefined {
  const [protectedPart = '', payload = '', signature = '', ...more] = header.split('.')
  if (header.length > CLOUD_LIMITS.signedHeaderLength || signature === '' || more.length > 0) return undefined
  const head = requestHeader.safeParse(jsonOf(protectedPart))
  const claims = requestClaims.safeParse(jsonOf(payload))
  return head.success && claims.success ? { keyId: head.data.kid, claims: claims.data } : undefined
}

/** Whether the signature holds under this key. */
export async function isSignedBy(header: string, key: PublicKeyText): Promise<boolean> {
  try {
    await compactVerify(header, await importPublicKey(key, 'EdDSA'), { algorithms: ['EdDSA'] })
    return true
  } catch {
    return false
  }
}

/** Signs answers with one key. */
export interface AnswerSigner {
  readonly keyId: string
  sign(claims: AnswerClaims): Promise<string>
}

/** @param privateKey as `CloudCipher.newSigningKey` gave it; zeroed here. */
export async function answerSigner(keyId: string, privateKey: Uint8Array): Promise<AnswerSigner> {
  const key: CryptoKey = await importPKCS8(new TextDecoder().decode(privateKey), 'EdDSA')
  privateKey.fill(0)
  const header = answerHeader.parse({ alg: 'EdDSA', kid: keyId, typ: 'driftlock-answer+jwt' })
  return {
    keyId,
    sign: (claims) =>
      new CompactSign(new TextEncoder().encode(JSON.stringify(claims))).setProtectedHeader(header).sign(key),
  }
}

function jsonOf(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}
