import fc from 'fast-check'
import { expect, it } from 'vitest'
import { DEFAULT_RADIUS_PROFILE, readRadiusProfile } from './radius-client-profile.ts'

it('reads what was written, and the defaults for what was not', () => {
  expect(readRadiusProfile(null)).toEqual(DEFAULT_RADIUS_PROFILE)
  const profile = {
    ...DEFAULT_RADIUS_PROFILE,
    rejectDetail: 'advice' as const,
    supportsChallenge: false,
    userNamePattern: 'CORP\\*',
    language: 'de',
    prompts: { passcode: 'Code: ' },
    translations: { de: { 'access-denied': 'Nein.' } },
    groups: ['Staff'],
  }
  expect(readRadiusProfile(JSON.parse(JSON.stringify(profile)))).toEqual(profile)
})

it('restricts to nobody when the groups cannot be read', () => {
  expect(readRadiusProfile({ groups: 'Staff' }).groups).toEqual([''])
})

it('makes a whole profile of whatever JSON lies in the store', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (stored) => {
      expect(readRadiusProfile(stored)).toMatchObject({
        prompts: expect.any(Object),
        translations: expect.any(Object),
        language: expect.stringMatching(/^[a-z]{2,3}$/),
        groups: expect.any(Array),
      })
    }),
  )
})
