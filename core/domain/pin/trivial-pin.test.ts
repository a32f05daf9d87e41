import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isTrivialPin } from './trivial-pin.ts'

it.each(['1234', '9876', '4567890', '8901', '3210', '2109', 'abcd', 'ZYXW', 'aBcD'])(
  'calls the run %s trivial',
  (pin) => {
    expect(isTrivialPin(pin)).toBe(true)
  },
)

it.each(['1111', '1212', '123123', 'aAaA', 'ab1ab1', '0000'])('calls the repetition %s trivial', (pin) => {
  expect(isTrivialPin(pin)).toBe(true)
})

it.each(['1235', '2580', '1213', '12341', '4938', 'a1b2', '9abc', '789a', 'abce', '1324'])('lets %s pass', (pin) => {
  expect(isTrivialPin(pin)).toBe(false)
})

it('always finds a group that is said again', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[0-9a-z]{1,4}$/), fc.integer({ min: 2, max: 4 }), (group, times) => {
      expect(isTrivialPin(group.repeat(times))).toBe(true)
    }),
  )
})

it('refuses few of the four-digit PINs: the 100 repetitions and the 20 runs, none twice', () => {
  const pins = Array.from({ length: 10_000 }, (_, number) => String(number).padStart(4, '0'))
  expect(pins.filter(isTrivialPin)).toHaveLength(120)
})
