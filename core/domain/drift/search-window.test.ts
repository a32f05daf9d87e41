import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scriptedSource } from '../testing/virtual-token.ts'
import { NO_STEP, type Step, step } from '../time.ts'
import { searchWindow } from './search-window.ts'

/** Few different codes, so that collisions are the rule and the choice between them is what is tested. */
const fewCodes = fc.array(fc.constantFrom('111111', '222222', '333333'), { minLength: 1, maxLength: 60 })

const is = (sought: string) => (code: string) => code === sought

const sourceOf = (codes: readonly string[]) => scriptedSource((at) => codes[Number(at)] ?? '000000')

describe('searchWindow', () => {
  it('always finds the nearest step above the high-water step, and never one at or below it', () => {
    fc.assert(
      fc.property(
        fewCodes,
        fc.nat(59),
        fc.nat(20),
        fc.integer({ min: -1, max: 60 }),
        (codes, centre, radiusSteps, above) => {
          const { match, used } = searchWindow(sourceOf(codes), {
            fits: is('222222'),
            centre: step(centre),
            radiusSteps,
            above: step(above),
            exhaustive: true,
          })
          const inWindow = [...codes.keys()].filter(
            (at) => codes[at] === '222222' && Math.abs(at - centre) <= radiusSteps,
          )
          const distance = (at: number) => Math.abs(at - centre)
          const nearest = (steps: number[]) =>
            steps.sort((one, other) => distance(one) - distance(other) || one - other)[0]
          expect(match?.step).toBe(bigintOrNothing(nearest(inWindow.filter((at) => at > above))))
          expect(used?.step).toBe(bigintOrNothing(nearest(inWindow.filter((at) => at <= above))))
          for (const found of [match, used]) if (found) expect(found.stepsOff).toBe(Number(found.step) - centre)
        },
      ),
    )
  })

  it('always finds the same match whether or not it goes on after it', () => {
    fc.assert(
      fc.property(
        fewCodes,
        fc.nat(59),
        fc.nat(20),
        fc.integer({ min: -1, max: 60 }),
        (codes, centre, radiusSteps, above) => {
          const search = { fits: is('222222'), centre: step(centre), radiusSteps, above: step(above) }
          const short = searchWindow(sourceOf(codes), search)
          expect(short.match).toEqual(searchWindow(sourceOf(codes), { ...search, exhaustive: true }).match)
        },
      ),
    )
  })

  it('asks for one code when the centre has it, and for the whole window when told to be exhaustive', () => {
    const constant = () => scriptedSource(() => '123456')
    const search = { fits: is('123456'), centre: step(1000), radiusSteps: 10, above: NO_STEP }
    const short = constant()
    searchWindow(short, search)
    expect(short.asked()).toBe(1)
    const found = constant()
    searchWindow(found, { ...search, exhaustive: true })
    const missed = constant()
    searchWindow(missed, { ...search, fits: is('000000') })
    expect([found.asked(), missed.asked()]).toEqual([21, 21])
  })

  it('passes over steps before 0 and beyond the last counter', () => {
    const source = scriptedSource(() => '123456')
    searchWindow(source, { fits: is('000000'), centre: step(1), radiusSteps: 3, above: NO_STEP })
    expect(source.asked()).toBe(5)
    const last = scriptedSource(() => '123456')
    searchWindow(last, { fits: is('000000'), centre: last.highestStep, radiusSteps: 3, above: NO_STEP })
    expect(last.asked()).toBe(4)
  })
})

function bigintOrNothing(value: number | undefined): Step | undefined {
  return value === undefined ? undefined : step(value)
}
