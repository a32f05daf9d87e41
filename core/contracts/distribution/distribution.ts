import { z } from 'zod'
import { endpoint, needs } from '../endpoint.ts'
import { tokenParams } from '../tokens/token-acts.ts'
import { tokenDetails } from '../tokens/token.ts'
import { id, secret, text } from '../values.ts'

export const distributionMethod = z.enum(['sdtid', 'ctf', 'otpauth']).meta({ id: 'DistributionMethod' })

export const distributeToken = z
  .object({
    method: distributionMethod,
    password: secret.optional().describe('Protects the file or the CTF string'),
    deviceId: text(128).default('').describe('Binds the copy to one device'),
    nickname: text(64).default(''),
  })
  .meta({ id: 'DistributeToken' })

/** Shown once. A file where there is one, a text where there is one, and what a QR picture says. */
export const tokenPackage = z
  .object({
    method: distributionMethod,
    fileName: z.string().nullable(),
    mediaType: z.string(),
    content: z.string().describe('The file, the CTF string or the otpauth URI, as text'),
    qrText: z.string().nullable(),
    token: tokenDetails,
  })
  .meta({ id: 'TokenPackage' })

/** Never more tokens than are named; the count must be confirmed (seed 000's disaster, made safe). */
export const redistributeTokens = z
  .object({ tokenIds: z.array(id).min(1).max(500), confirmCount: z.int() })
  .extend(distributeToken.shape)
  .meta({ id: 'RedistributeTokens' })

/** All of them or none. */
export const redistributedTokens = z.object({ packages: z.array(tokenPackage) })

const params = tokenParams
const tag = 'distribution'

export const distributionEndpoints = {
  distributeToken: endpoint({
    method: 'POST',
    path: '/api/v1/tokens/{tokenId}/distribute',
    tag,
    summary: 'Hand out a software token for the first time (the same seed)',
    access: needs('distribute-token'),
    params,
    body: distributeToken,
    response: tokenPackage,
  }),
  redistributeTokens: endpoint({
    method: 'POST',
    path: '/api/v1/token-redistributions',
    tag,
    summary: 'Hand out named tokens again with new seeds; the old copies work until the new ones are used',
    access: needs('redistribute-token'),
    body: redistributeTokens,
    response: redistributedTokens,
  }),
  undoRedistribution: endpoint({
    method: 'POST',
    path: '/api/v1/tokens/{tokenId}/undo-redistribution',
    tag,
    summary: 'Void the new copy before its first use; the old one stays',
    access: needs('redistribute-token'),
    params,
    response: tokenDetails,
  }),
} as const

export type DistributeToken = z.input<typeof distributeToken>
export type TokenPackage = z.infer<typeof tokenPackage>
