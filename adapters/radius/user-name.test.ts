import { expect, it } from 'vitest'
import { mapUserName } from './user-name.ts'

it.each([
  ['CORP\\ada', 'ada'],
  ['ada@example.com', 'ada'],
  ['CORP\\ada@example.com', 'ada'],
  ['a@b@c', 'a@b'],
  ['ada', 'ada'],
  ['@example.com', '@example.com'],
  ['CORP\\', 'CORP\\'],
])('strips the realm of %s to %s', (presented, expected) => {
  expect(mapUserName(presented, { stripRealm: true })).toBe(expected)
})

it.each([
  ['corp\\ada', 'ada@corp.example'],
  ['CORP\\', 'CORP\\'],
  ['other\\ada', 'other\\ada'],
])('maps %s by a pattern to %s', (presented, expected) => {
  const rules = { stripRealm: false, userNamePattern: 'CORP\\*', userNameReplacement: '*@corp.example' }
  expect(mapUserName(presented, rules)).toBe(expected)
})
