import fc from 'fast-check'
import { expect, it } from 'vitest'
import { admitCall, type Breaker, callAnswered, callFailed, CLOSED_BREAKER } from './circuit-breaker.ts'

const failing = (times: number, nowMs = 0): Breaker => {
  let breaker = CLOSED_BREAKER
  for (let count = 0; count < times; count++) breaker = callFailed(admitCall(breaker, nowMs).breaker, nowMs)
  return breaker
}

it('opens with the third failure in a row and asks nobody for a while', () => {
  expect(admitCall(failing(2), 0).admitted).toBe(true)
  expect(admitCall(failing(3), 4999).admitted).toBe(false)
})

it('lets one call find out, and closes with its answer', () => {
  const tried = admitCall(failing(3), 5000)
  expect(tried.admitted).toBe(true)
  expect(admitCall(tried.breaker, 5001).admitted).toBe(false)
  expect(admitCall(callAnswered(), 5001).admitted).toBe(true)
})

it('gives up a try whose end was never told, after a minute', () => {
  const { breaker } = admitCall(failing(3), 5000)
  expect([admitCall(breaker, 64_999).admitted, admitCall(breaker, 65_000).admitted]).toEqual([false, true])
})

it('learns nothing new from a call that began before it opened', () => {
  const open = failing(3)
  expect(callFailed(open, 4000)).toBe(open)
})

it('stays open longer each time the try fails', () => {
  const again = callFailed(admitCall(failing(3), 5000).breaker, 5000)
  expect([admitCall(again, 14_999).admitted, admitCall(again, 15_000).admitted]).toEqual([false, true])
})

it('always admits a call again at the latest after two minutes', () => {
  const event = fc.constantFrom('fail', 'answer', 'nothing')
  fc.assert(
    fc.property(fc.array(fc.tuple(event, fc.integer({ min: 0, max: 200_000 }))), (history) => {
      let nowMs = 0
      let breaker = CLOSED_BREAKER
      for (const [what, passedMs] of history) {
        nowMs += passedMs
        const { admitted, breaker: next } = admitCall(breaker, nowMs)
        breaker = next
        if (admitted && what !== 'nothing') breaker = what === 'fail' ? callFailed(breaker, nowMs) : callAnswered()
        expect(admitCall(breaker, nowMs + 120_000).admitted).toBe(true)
      }
    }),
  )
})
