import { expect, it } from 'vitest'
import { aToken } from '../testing/tokens.ts'
import { World } from '../testing/world.ts'
import { lastPin, withoutPin } from './clear-pin.ts'

const PIN = '8305'

/** New PIN mode from the bare tokencode to the question for the new PIN. */
function afterClearing(world: World): World {
  world.administer({ state: { ...withoutPin(world.state()), newPinRequired: true } }).wait(60)
  expect(world.login(0, '')).toMatchObject({ reason: 'new-pin-required' })
  return world
}

it('is gone, but its user cannot choose it again', () => {
  const world = afterClearing(new World())
  expect(world.answer('4711')).toMatchObject({ reason: 'new-pin-rejected', question: { faults: [/used this PIN/] } })
})

it('leaves its history in force, however often a PIN is cleared', () => {
  const world = new World({ tokens: [aToken({ state: { newPinRequired: true } })] })
  world.login()
  world.answer(PIN)
  world.answer(PIN)
  world.wait(60)
  expect(world.login(0, PIN).outcome).toBe('accept')
  afterClearing(world)
  expect(world.answer('4711')).toMatchObject({ reason: 'new-pin-rejected' })
  afterClearing(world)
  expect(world.answer(PIN)).toMatchObject({ reason: 'new-pin-rejected' })
})

it('becomes history with the first use of the next one, and is then forgotten as cleared', () => {
  const world = afterClearing(new World())
  const cleared = world.state().clearedPin
  world.answer(PIN)
  world.answer(PIN)
  world.wait(60)
  expect(world.login(0, PIN).outcome).toBe('accept')
  expect(world.state()).toMatchObject({ clearedPin: null, newPinRequired: false })
  expect(world.state().pin?.history).toEqual([cleared?.verifier])
})

it('is none where the token never had one', () => {
  const { state } = aToken({ pin: null })
  expect(withoutPin(state)).toEqual({ pin: null, proposedPin: null, clearedPin: null })
  expect(lastPin({ pin: null })).toBeNull()
})
