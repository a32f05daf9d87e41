import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { virtualRecord, virtualSource } from '../testing/virtual-token.ts'
import { addSteps, step, unixMs } from '../time.ts'
import { codeSource } from './code-source.ts'
import { middleOfStepMs, stepAt } from './steps.ts'
import { TokencodeError } from './tokencode-error.ts'

const SEED = Uint8Array.from({ length: 16 }, (_, at) => at)
const kinds = fc.constantFrom('securid', 'totp', 'hotp' as const)

function refusalOf(act: () => unknown): TokencodeError | undefined {
  try {
    act()
  } catch (error) {
    if (error instanceof TokencodeError) return error
    throw error
  }
  return undefined
}

const faultOf = (act: () => unknown): string => refusalOf(act)?.code ?? 'none'

describe('codeSource', () => {
  it('computes the worked example of the SecurID-format description, at 60 and 30 s, 6 and 8 digits', () => {
    const time = unixMs(1_777_639_122_000)
    const code = (intervalSeconds: number, digits: number) => {
      const record = virtualRecord({ kind: 'securid', intervalSeconds, digits })
      return codeSource(record, SEED).code(stepAt(record, time))
    }
    expect([code(60, 6), code(60, 8), code(30, 6), code(30, 8)]).toEqual(['210219', '08210219', '384639', '37384639'])
  })

  it('always gives the same code alone and in a run, in whatever order it is asked', () => {
    fc.assert(
      fc.property(
        kinds,
        fc.bigInt({ min: 0n, max: 60_000_000n }),
        fc.nat(300),
        fc.array(fc.nat(300), { maxLength: 5 }),
        (kind, first, length, picks) => {
          const record = virtualRecord({ kind })
          const run = virtualSource(record).codes(step(first), addSteps(step(first), length))
          expect(run).toHaveLength(length + 1)
          const alone = virtualSource(record)
          for (const pick of picks.filter((at) => at <= length)) {
            expect(alone.code(addSteps(step(first), pick))).toBe(run[pick])
          }
          expect(virtualSource(record).codes(step(first + 1n), step(first))).toEqual([])
        },
      ),
      { numRuns: 60 },
    )
  })

  it('always shows exactly the digits of the token', () => {
    fc.assert(
      fc.property(
        kinds,
        fc.integer({ min: 1, max: 8 }),
        fc.bigInt({ min: 0n, max: 60_000_000n }),
        (kind, digits, at) => {
          expect(virtualSource(virtualRecord({ kind, digits })).code(step(at))).toMatch(new RegExp(`^\\d{${digits}}$`))
        },
      ),
    )
  })

  it('counts to the end of 64 bits and of the year 9999, and refuses what is beyond', () => {
    const hotp = virtualSource(virtualRecord({ kind: 'hotp' }))
    expect(hotp.highestStep).toBe(18_446_744_073_709_551_615n)
    expect(hotp.code(hotp.highestStep)).toMatch(/^\d{6}$/)
    const securid = virtualSource(virtualRecord({ kind: 'securid' }))
    expect(middleOfStepMs(virtualRecord({ kind: 'securid' }), securid.highestStep)).toBe(
      Date.UTC(9999, 11, 31, 23, 59, 30),
    )
    expect(securid.code(securid.highestStep)).toMatch(/^\d{6}$/)
    for (const [source, words] of [
      [hotp, 'outside the 64 bits'],
      [securid, 'outside the years 1970-9999'],
    ] as const) {
      for (const at of [addSteps(source.highestStep, 1), step(-1)]) {
        const refused = refusalOf(() => source.code(at))
        expect(refused?.code).toBe('step-range')
        expect(refused?.message).toContain(` ${at} is ${words}`)
      }
    }
  })

  it.each([
    ['algorithm', 'needs algorithm aes-128, not sha1', virtualRecord({ kind: 'securid', algorithm: 'sha1' }), SEED],
    ['algorithm', 'sha512, not aes-128', virtualRecord({ kind: 'hotp', algorithm: 'aes-128' }), SEED],
    ['digits', '1 to 8 digits, not 9', virtualRecord({ kind: 'securid', digits: 9 }), SEED],
    ['digits', '1 to 8 digits, not 0', virtualRecord({ kind: 'securid', digits: 0 }), SEED],
    ['digits', '1 to 10 digits, not 11', virtualRecord({ kind: 'totp', digits: 11 }), SEED],
    ['interval', '30 or 60 seconds, not 45', virtualRecord({ kind: 'securid', intervalSeconds: 45 }), SEED],
    ['interval', 'above 0 seconds, not 0', virtualRecord({ kind: 'totp', intervalSeconds: 0 }), SEED],
    ['seed-length', '16 bytes, not 15', virtualRecord({ kind: 'securid' }), SEED.slice(1)],
    ['seed-length', 'is empty', virtualRecord({ kind: 'totp' }), new Uint8Array()],
    ['serial', '1 to 12 decimal digits', virtualRecord({ kind: 'securid', serial: 'A12345678901' }), SEED],
    ['serial', '1 to 12 decimal digits', virtualRecord({ kind: 'securid', serial: '1234567890123' }), SEED],
  ] as const)('refuses a token with a wrong %s and says so: %s', (fault, words, record, seed) => {
    const refused = refusalOf(() => codeSource(record, seed))
    expect([refused?.name, refused?.code]).toEqual(['TokencodeError', fault])
    expect(refused?.message).toContain(words)
  })

  it('pads short serials and heeds their last eight digits only', () => {
    const code = (serial: string) => virtualSource(virtualRecord({ kind: 'securid', serial })).code(step(29_000_000))
    expect(code('123')).toBe(code('000000000123'))
    expect(code('999923456789')).toBe(code('000023456789'))
    expect(code('000023456789')).not.toBe(code('000023456780'))
  })

  it('does not keep the caller’s seed bytes: wiping them changes nothing', () => {
    for (const kind of ['securid', 'totp'] as const) {
      const seed = Uint8Array.from(SEED)
      const source = codeSource(virtualRecord({ kind }), seed)
      const before = source.code(step(29_000_000))
      seed.fill(0)
      expect(source.code(step(29_000_001))).toBe(virtualSource(virtualRecord({ kind })).code(step(29_000_001)))
      expect(source.code(step(29_000_000))).toBe(before)
    }
  })
})

describe('stepAt and middleOfStepMs', () => {
  it('are each other’s inverse at every moment of a step', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('securid', 'totp' as const),
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 0, max: 2_000_000_000 }),
        fc.bigInt({ min: -100n, max: 100_000_000n }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (kind, intervalSeconds, t0Seconds, at, share) => {
          const record = virtualRecord({ kind, intervalSeconds, t0Seconds })
          const middle = middleOfStepMs(record, step(at))
          const moment = unixMs(Math.floor(middle - intervalSeconds * 500 + share * intervalSeconds * 1000))
          expect(stepAt(record, moment)).toBe(at)
        },
      ),
    )
  })

  it('refuse HOTP, which has no clock', () => {
    const hotp = virtualRecord({ kind: 'hotp' })
    expect(faultOf(() => stepAt(hotp, unixMs(0)))).toBe('kind')
    expect(faultOf(() => middleOfStepMs(hotp, step(0)))).toBe('kind')
  })
})
