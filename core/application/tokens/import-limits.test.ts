import type { OathToken, SdtidToken } from '@driftlock/formats'
import { describe, expect, it } from 'vitest'
import { refusedByLimits } from './import-limits.ts'

const HALF_A_DAY_SECONDS = 43_200

const TOTP: OathToken = {
  serial: 'T1',
  kind: 'totp',
  algorithm: 'sha1',
  secret: new Uint8Array(20),
  digits: 6,
  intervalSeconds: 30,
  t0Seconds: 0,
  counter: 0n,
}
const oath = (fields: Partial<OathToken>) =>
  refusedByLimits({ from: 'oath', token: { ...TOTP, ...fields } }, { format: 'pskc', line: 7 })

const sdtid = (fields: Partial<SdtidToken>) => {
  const token = { serial: '000123456789', ...fields } as SdtidToken // the limits look at its windows alone
  return refusedByLimits({ from: 'sdtid', token }, { format: 'sdtid', line: 7 })
}

describe('an HOTP counter', () => {
  it('is taken up to 2^62: the rest of the 63 bits of the store is left for the token to be used', () => {
    expect(oath({ kind: 'hotp', counter: 2n ** 62n })).toBeUndefined()
  })

  it('is refused beyond, by name and with what to do', () => {
    for (const counter of [2n ** 62n + 1n, 2n ** 63n, 2n ** 64n - 1n]) {
      expect(oath({ kind: 'hotp', counter })).toMatchObject({
        format: 'pskc',
        code: 'limit-exceeded',
        field: 'counter',
        record: { number: 7, serial: 'T1' },
        message: expect.stringMatching(/^Record 7, counter: .*2\^62.*\. Ask/),
      })
    }
  })
})

describe('the drift that a maker measured', () => {
  it('is taken as far as a resynchronisation reaches, either way', () => {
    for (const timeDriftSteps of [-1440, 0, 1440]) expect(oath({ timeDriftSteps })).toBeUndefined()
  })

  it('is refused beyond: no window would ever find the token’s codes', () => {
    for (const timeDriftSteps of [-1441, 1441, 2 ** 31 - 1]) {
      expect(oath({ timeDriftSteps })).toMatchObject({ code: 'limit-exceeded', field: 'TimeDrift' })
    }
  })
})

describe('the windows of an sdtid file', () => {
  it('are taken up to the reach of a resynchronisation', () => {
    const seconds = HALF_A_DAY_SECONDS
    expect(
      sdtid({ smallWindowSeconds: seconds, mediumWindowSeconds: seconds, largeWindowSeconds: seconds }),
    ).toBeUndefined()
    expect(sdtid({})).toBeUndefined()
  })

  it.each([
    ['SmallWin', 'smallWindowSeconds'],
    ['MediumWin', 'mediumWindowSeconds'],
    ['LargeWin', 'largeWindowSeconds'],
  ] as const)('are refused where %s lies beyond: every wrong passcode would cost as much', (field, name) => {
    expect(sdtid({ [name]: HALF_A_DAY_SECONDS + 1 })).toMatchObject({ code: 'limit-exceeded', field })
  })
})
