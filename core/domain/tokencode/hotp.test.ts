import { describe, expect, it } from 'vitest'
import { step } from '../time.ts'
import { hotpSource } from './hotp.ts'

/** RFC 4226, appendix D: the seed is "12345678901234567890", and the truncated values of counters 0 to 9 in decimal. */
const SEED = Uint8Array.from({ length: 20 }, (_, at) => 0x30 + ((at + 1) % 10))
const TRUNCATED = [
  '1284755224',
  '1094287082',
  '0137359152',
  '1726969429',
  '1640338314',
  '0868254676',
  '1918287922',
  '0082162583',
  '0673399871',
  '0645520489',
]

describe('the codes of a counter', () => {
  it.each([1, 6, 8, 10])('are those of RFC 4226, of which %i digits are shown', (digits) => {
    const source = hotpSource({ algorithm: 'sha1', digits }, SEED)
    expect(source.codes(step(0), step(9))).toEqual(TRUNCATED.map((value) => value.slice(-digits)))
  })

  it.each([0, -1, 11, 6.5, Number.NaN])('are not of %d digits', (digits) => {
    expect(() => hotpSource({ algorithm: 'sha1', digits }, SEED)).toThrow(`1 to 10 digits, not ${digits}.`)
  })
})
