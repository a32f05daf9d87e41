import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scriptedSource, virtualRecord, virtualSource } from '../testing/virtual-token.ts'
import { addSteps, NO_STEP, step } from '../time.ts'
import { searchPair } from './search-pair.ts'

const fewCodes = fc.array(fc.constantFrom('111111', '222222', '333333'), { minLength: 2, maxLength: 60 })

describe('searchPair', () => {
  it('always finds the pair nearest to the centre, both steps above the high-water step, and never a single code', () => {
    fc.assert(
      fc.property(
        fewCodes,
        fc.nat(59),
        fc.nat(20),
        fc.integer({ min: -1, max: 60 }),
        (codes, centre, radiusSteps, above) => {
          const source = scriptedSource((at) => codes[Number(at)] ?? '000000')
          const { match, used } = searchPair(source, {
            first: '111111',
            second: '222222',
            centre: step(centre),
            radiusSteps,
            above: step(above),
          })
          const pairs = [...codes.keys()].filter(
            (at) => codes[at] === '111111' && codes[at + 1] === '222222' && Math.abs(at - centre) <= radiusSteps,
          )
          const nearest = (steps: number[]) =>
            steps.length === 0 ? undefined : Math.min(...steps.map((at) => Math.abs(at - centre)))
          expect(distanceOf(match)).toBe(nearest(pairs.filter((at) => at > above)))
          expect(distanceOf(used)).toBe(nearest(pairs.filter((at) => at <= above)))
          if (match) expect(Number(match.step)).toBe(centre + match.stepsOff)
          if (match) expect(match.step > above).toBe(true)
        },
      ),
    )
  })

  it('looks no further back than the first counter there is', () => {
    const source = virtualSource(virtualRecord({ kind: 'hotp' }))
    const [first = '', second = ''] = source.codes(step(0), step(1))
    const search = { first, second, centre: step(3), radiusSteps: 100, above: NO_STEP }
    expect(searchPair(source, search).match).toEqual({ step: 0n, stepsOff: -3 })
  })

  it('looks no further than the last counter there is', () => {
    const source = virtualSource(virtualRecord({ kind: 'hotp' }))
    const last = addSteps(source.highestStep, -1)
    const [first = '', second = ''] = source.codes(last, source.highestStep)
    const search = { first, second, centre: addSteps(last, -3), radiusSteps: 100, above: NO_STEP }
    expect(searchPair(source, search).match).toEqual({ step: last, stepsOff: 3 })
  })

  it('asks for exactly the same codes whatever is found', () => {
    fc.assert(
      fc.property(fewCodes, fewCodes, fc.nat(59), fc.nat(20), (codes, others, centre, radiusSteps) => {
        const asked = [codes, others].map((table) => {
          const source = scriptedSource((at) => table[Number(at)] ?? '000000')
          searchPair(source, { first: '111111', second: '222222', centre: step(centre), radiusSteps, above: NO_STEP })
          return source.asked()
        })
        expect(asked[0]).toBe(asked[1])
      }),
    )
  })

  it('finds a pair below the high-water step only where an administrator allows it', () => {
    const source = virtualSource(virtualRecord({ kind: 'securid' }))
    const at = step(29_000_000)
    const pair = {
      first: source.code(at),
      second: source.code(addSteps(at, 1)),
      centre: addSteps(at, 300),
      radiusSteps: 720,
      above: addSteps(at, 200),
    }
    expect(searchPair(source, pair)).toEqual({ used: { step: at, stepsOff: -300 } })
    expect(searchPair(source, { ...pair, allowBelow: true })).toEqual({ match: { step: at, stepsOff: -300 } })
  })

  it.each(['securid', 'totp', 'hotp'] as const)(
    'finds a %s pair at both ends of ±720 steps and not one further',
    (kind) => {
      const source = virtualSource(virtualRecord({ kind }))
      const centre = step(29_000_000)
      for (const [off, found] of [
        [-721, false],
        [-720, true],
        [720, true],
        [721, false],
      ] as const) {
        const at = addSteps(centre, off)
        const outcome = searchPair(source, {
          first: source.code(at),
          second: source.code(addSteps(at, 1)),
          centre,
          radiusSteps: 720,
          above: NO_STEP,
        })
        expect(outcome.match?.step).toBe(found ? at : undefined)
      }
    },
  )

  it('is not taken in by two good codes that are not successive, nor by the order turned round', () => {
    const source = virtualSource(virtualRecord())
    const centre = step(29_000_000)
    const code = (off: number) => source.code(addSteps(centre, off))
    const search = { centre, radiusSteps: 720, above: NO_STEP }
    expect(searchPair(source, { ...search, first: code(0), second: code(2) })).toEqual({})
    expect(searchPair(source, { ...search, first: code(1), second: code(0) })).toEqual({})
    expect(searchPair(source, { ...search, first: code(0), second: code(0) })).toEqual({})
  })
})

function distanceOf(found: { readonly stepsOff: number } | undefined): number | undefined {
  return found === undefined ? undefined : Math.abs(found.stepsOff)
}
