import { readFileSync } from 'node:fs'
import { base64 } from '@scure/base'
import { describe, expect, it } from 'vitest'
import type { FormatErrorCode } from '../format-error.ts'
import { FormatError } from '../format-error.ts'
import type { CtfSpelling } from './ctf-spelling.ts'
import { readCtf } from './read-ctf.ts'
import { writeCtf } from './write-ctf.ts'

type VectorCase = {
  readonly format: 'raw' | 'blocks' | 'iphone' | 'android' | 'v1' | 'v3' | 'v4'
  readonly token: string
  readonly password: string | null
  readonly devid: string | null
  readonly expect: {
    readonly serial: string
    readonly seed: string
    readonly digits: number
    readonly interval: number
    readonly pinMode: number
    readonly lastValidDay: string
    readonly appDerived?: boolean
    readonly featureBit4?: boolean
    readonly timeDerived?: boolean
  }
}
type InvalidCase = {
  readonly token: string
  readonly password: string | null
  readonly devid: string | null
  readonly error: keyof typeof codesOf
}

const codesOf = {
  wrongPassword: ['wrong-password'],
  wrongDevid: ['wrong-device-id'],
  passwordRequired: ['password-required'],
  devidRequired: ['device-id-required'],
  corrupt: ['bad-checksum', 'mac-mismatch'],
  length: ['wrong-length'],
} as const satisfies Record<string, readonly FormatErrorCode[]>

const file = new URL('../../../../shared/vectors/ctf.dev.json', import.meta.url)
const vectors = JSON.parse(readFileSync(file, 'utf8')) as { cases: VectorCase[]; invalid: InvalidCase[] } // as its `about` says

const opening = (vector: { password: string | null; devid: string | null }) => ({
  password: vector.password ?? undefined,
  deviceId: vector.devid ?? undefined,
})

const spellings: Readonly<Record<string, CtfSpelling>> = {
  raw: 'digits',
  blocks: 'blocks',
  iphone: 'url-ios',
  android: 'url-android',
}

function rewrite(vector: VectorCase): string {
  const token = readCtf(vector.token, opening(vector))
  const spelling = spellings[vector.format]
  if (spelling !== undefined) return writeCtf({ token, version: 2, spelling, ...opening(vector) })
  const nonce = base64.decode(decodeURIComponent(vector.token.split('=')[1] ?? '')).slice(67, 83)
  const version = vector.format === 'v3' ? 3 : 4
  return writeCtf({ token, version, spelling: 'url-android', nonce, ...opening(vector) })
}

describe('compressed token strings: vectors', () => {
  it('has vectors of every kind', () => {
    expect(new Set(vectors.cases.map((vector) => vector.format)).size).toBe(7)
    expect(new Set(vectors.invalid.map((vector) => vector.error))).toEqual(new Set(Object.keys(codesOf)))
  })

  it.each(vectors.cases.map((vector, index) => ({ ...vector, index })))('reads case $index ($format)', (vector) => {
    const token = readCtf(vector.token, opening(vector))
    const { lastValidDay, seed, interval, appDerived, featureBit4, timeDerived, ...same } = vector.expect
    expect(token).toMatchObject({
      serial: same.serial,
      digits: same.digits,
      pinMode: same.pinMode,
      intervalSeconds: interval,
      death: lastValidDay.replaceAll('/', '-'),
      appDerivedSeeds: appDerived ?? token.appDerivedSeeds,
      timeDerivedSeeds: timeDerived ?? token.timeDerivedSeeds,
      mode: featureBit4 ?? token.mode,
      isPasswordProtected: vector.password !== null,
      isDeviceBound: vector.devid !== null,
    })
    expect(Buffer.from(token.seed).toString('hex')).toBe(seed)
  })

  it.each(vectors.cases.filter(({ format }) => format !== 'v1').map((vector, index) => ({ ...vector, index })))(
    'writes case $index ($format) character for character',
    (vector) => {
      expect(rewrite(vector)).toBe(vector.token)
    },
  )

  it.each(vectors.invalid.map((vector, index) => ({ ...vector, index })))(
    'refuses invalid case $index because of $error',
    (vector) => {
      expect(() => readCtf(vector.token, opening(vector))).toThrow(
        expect.objectContaining({ name: FormatError.name, code: expect.toBeOneOf([...codesOf[vector.error]]) }),
      )
    },
  )
})
