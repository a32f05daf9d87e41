import { describe, expect, it } from 'vitest'
import { pathOf, queryKeyOf } from './endpoint-path.ts'

describe('the path of a call', () => {
  it('holds the parameters escaped', () => {
    expect(pathOf('/users/{userId}/tokens', { params: { userId: 'a/b?c' } })).toBe('/users/a%2Fb%3Fc/tokens')
  })

  it('leaves out absent and empty query values and joins lists by commas', () => {
    const query = { after: undefined, text: '', state: ['a', 'b'], limit: 50 }
    expect(pathOf('/users', { query })).toBe('/users?state=a%2Cb&limit=50')
  })
})

describe('the key of a query', () => {
  it('begins with the key of the path above it', () => {
    expect(queryKeyOf('/api/users/7?limit=5')).toEqual(['api', 'users', '7', '?limit=5'])
    expect(queryKeyOf('/api/users/7').slice(0, 2)).toEqual(queryKeyOf('/api/users'))
  })
})
