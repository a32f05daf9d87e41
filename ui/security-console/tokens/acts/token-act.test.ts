import type { TokenSummary } from '@driftlock/contracts'
import { expect, test } from 'vitest'
import { fittingActs } from './token-act.ts'

// Only what the rules look at.
const token = {
  owner: { id: 'u1', username: 'bea', displayName: 'Bea' },
  formFactor: 'key-fob',
  enabled: true,
  lost: false,
  hasPin: true,
  newPinRequired: false,
  hasEmergencyAccess: false,
  redistributionPending: false,
} as TokenSummary

const namesOf = (one: TokenSummary, may: (permission: string) => boolean = () => true) =>
  fittingActs(one, may).map((act) => act.name)

test('an assigned fob can be resynchronised but not distributed or deleted', () => {
  expect(namesOf(token)).toContain('resynchronise')
  expect(namesOf(token)).not.toContain('redistribute')
  expect(namesOf(token)).not.toContain('delete')
})

test('a token of nobody can be assigned and deleted, and has nothing to resynchronise', () => {
  const names = namesOf({ ...token, owner: null, hasPin: false })
  expect(names).toEqual(['disable', 'assign', 'edit', 'delete'])
})

test('a software token that was just redistributed offers the undo in place of another redistribution', () => {
  const names = namesOf({ ...token, formFactor: 'software', redistributionPending: true })
  expect(names).toContain('undo-redistribution')
  expect(names).not.toContain('redistribute')
})

test('what the person may not do is never offered', () => {
  expect(namesOf(token, (permission) => permission === 'clear-pin')).toEqual(['clear-pin'])
})
