import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { FormatErrorCode } from '../format-error.ts'
import { FormatError } from '../format-error.ts'
import type { SdtidRecord } from './read-sdtid.ts'
import { readAllSdtid } from './testing/read-all.ts'

type VectorToken = {
  readonly sn: string
  readonly serial: string
  readonly seed: string
  readonly digits: number
  readonly interval: number
  readonly pinMode: number
  readonly birth: string
  readonly death: string
  readonly userFirstName: string
  readonly userLastName: string
  readonly userLogin: string
  readonly deviceSerialNumber: string
  readonly nickname: string
}
type VectorFile = { readonly file: string; readonly password: string | null; readonly tokens: readonly VectorToken[] }
type InvalidFile = {
  readonly file: string
  readonly kind: string
  readonly password: string | null
  readonly headerMacValid: boolean
  readonly tokenMacValid: boolean
  readonly mustReject: boolean
}

const vectorsFolder = new URL('../../../../shared/vectors/', import.meta.url)
const vectors = JSON.parse(readFileSync(new URL('sdtid.dev.json', vectorsFolder), 'utf8')) as {
  files: VectorFile[]
  invalid: InvalidFile[]
} // as its `about` says

async function recordsOf(file: string, password: string | null): Promise<SdtidRecord[]> {
  const bytes = readFileSync(new URL(`sdtid/dev/${file}`, vectorsFolder))
  return readAllSdtid([bytes], password ?? undefined)
}

async function causeOf(file: string, password: string | null): Promise<string> {
  try {
    const refused = (await recordsOf(file, password)).find((record) => !record.ok)
    return refused?.ok === false ? refused.error.code : 'accepted'
  } catch (error) {
    if (error instanceof FormatError) return error.code
    throw error
  }
}

const filled = (text: string) => text.trim() || undefined

function expectedToken(vector: VectorToken) {
  return {
    serial: vector.serial,
    serialAsWritten: vector.sn,
    seed: Uint8Array.from(Buffer.from(vector.seed, 'hex')),
    digits: vector.digits,
    intervalSeconds: vector.interval,
    pinMode: vector.pinMode,
    pinStyle: vector.pinMode >= 2 ? 'pinpad' : 'fob',
    birth: vector.birth.replaceAll('/', '-'),
    death: vector.death.replaceAll('/', '-'),
    userFirstName: filled(vector.userFirstName),
    userLastName: filled(vector.userLastName),
    userLogin: filled(vector.userLogin),
    deviceSerialNumber: filled(vector.deviceSerialNumber),
    nickname: filled(vector.nickname),
  }
}

/** Which cause fits which MAC being wrong; when both are, a missing and a wrong password look like a changed header. */
function causeFor(vector: InvalidFile): FormatErrorCode {
  if (vector.headerMacValid) return 'token-tampered'
  if (vector.tokenMacValid) return 'header-tampered'
  return vector.password === null ? 'password-required' : 'wrong-password'
}

describe('sdtid files: vectors', () => {
  it.each(vectors.files)('reads $file', async ({ file, password, tokens }) => {
    const records = await recordsOf(file, password)
    expect(records).toHaveLength(tokens.length)
    expect(records).toMatchObject(tokens.map((token) => ({ ok: true, token: expectedToken(token) })))
  })

  it.each(vectors.invalid.filter(({ mustReject }) => mustReject))('refuses $file ($kind)', async (vector) => {
    expect(await causeOf(vector.file, vector.password)).toBe(causeFor(vector))
  })

  it.each(vectors.invalid.filter(({ mustReject }) => !mustReject))(
    'opens $file, which has no password, whatever password is given',
    async (vector) => {
      expect(await causeOf(vector.file, vector.password)).toBe('accepted')
    },
  )
})
