import { expect, it } from 'vitest'
import { virtualRecord } from '../testing/virtual-token.ts'
import { step, unixMs } from '../time.ts'
import { intervalOf, middleOfStepMs, stepAt } from './steps.ts'

const record = { t0Seconds: 90, intervalSeconds: 60 } as const

it('counts the steps of a TOTP token from its T0, and those of a SecurID-format token from 1970', () => {
  const [totp, securid] = (['totp', 'securid'] as const).map((kind) => virtualRecord({ ...record, kind }))
  if (totp === undefined || securid === undefined) return expect.unreachable()
  expect([stepAt(totp, unixMs(90_000)), stepAt(totp, unixMs(89_999))]).toEqual([0n, -1n])
  expect([stepAt(securid, unixMs(90_000)), stepAt(securid, unixMs(0))]).toEqual([1n, 0n])
  expect([middleOfStepMs(totp, step(1)), middleOfStepMs(securid, step(1))]).toEqual([180_000, 90_000])
})

it('shows a code for its interval, and a counter has none', () => {
  expect(intervalOf(virtualRecord({ ...record, kind: 'totp' }))).toBe(60_000)
  expect(() => intervalOf(virtualRecord({ kind: 'hotp' }))).toThrow('counts presses: it has no clock')
})
