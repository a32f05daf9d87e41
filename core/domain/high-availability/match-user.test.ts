import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type MatchCandidate, matchUser } from './match-user.ts'

const user = (userId: string, sourceName: string): MatchCandidate => ({ userId, sourceName, securityDomainId: 'root' })
const record = (identitySource: string) => ({ identitySource })
const unmatched = (reason: string) => ({ type: 'unmatched', reason })

describe('over sources of the same name', () => {
  const sources = 'same-name'
  it('finds the one user of that source, however its name is written', () => {
    const ground = { sources, knownSources: ['Staff'], candidates: [user('u1', 'Staff')] } as const
    expect(matchUser(record(' STAFF '), ground)).toMatchObject({ type: 'matched', userId: 'u1' })
  })
  it('never gives a record to a namesake in another source', () => {
    const ground = { sources, knownSources: ['Staff', 'Partners'], candidates: [user('u1', 'Staff')] } as const
    expect(matchUser(record('Partners'), ground)).toEqual(unmatched('user-unknown'))
    expect(matchUser(record('Guests'), ground)).toEqual(unmatched('source-unknown'))
  })
})

describe('over all sources', () => {
  const sources = 'any-source'
  const knownSources = ['Staff', 'Partners']
  it('prefers the user of the source that the cloud names', () => {
    const candidates = [user('u1', 'Staff'), user('u2', 'Partners')]
    expect(matchUser(record('Partners'), { sources, knownSources, candidates })).toMatchObject({ userId: 'u2' })
    expect(matchUser(record('Guests'), { sources, knownSources, candidates })).toEqual(unmatched('ambiguous'))
  })
  it('takes the one user of another source, and misses nobody but the user where there is none', () => {
    const elsewhere = { sources, knownSources, candidates: [user('u1', 'Staff')] } as const
    expect(matchUser(record('Guests'), elsewhere)).toMatchObject({ type: 'matched', userId: 'u1' })
    expect(matchUser(record('Guests'), { ...elsewhere, candidates: [] })).toEqual(unmatched('user-unknown'))
  })
  it('calls two users of one source ambiguous', () => {
    const candidates = [user('u1', 'Staff'), user('u2', 'Staff')]
    expect(matchUser(record('Staff'), { sources, knownSources, candidates })).toEqual(unmatched('ambiguous'))
  })
})

it('always matches a user it was shown, and only when no other could be meant', () => {
  const name = fc.constantFrom('Staff', 'Partners', 'Guests')
  const candidate = fc.record({
    userId: fc.constantFrom('u1', 'u2', 'u3'),
    sourceName: name,
    securityDomainId: fc.constant('root'),
  })
  const ground = fc.record({
    sources: fc.constantFrom('same-name', 'any-source'),
    knownSources: fc.array(name),
    candidates: fc.array(candidate),
  })
  fc.assert(
    fc.property(name, ground, (identitySource, given) => {
      const match = matchUser({ identitySource }, given)
      const meant = given.candidates.filter(({ sourceName }) => sourceName === identitySource)
      const looked = meant.length > 0 ? meant : given.sources === 'any-source' ? given.candidates : []
      const users = new Set(looked.map(({ userId }) => userId))
      expect(
        match.type === 'matched' ? [match.userId] : users.size === 1 ? ['missed'] : [...users].slice(0, 0),
      ).toEqual(users.size === 1 ? [...users] : [])
    }),
  )
})
