import { createUser, ROOT_SECURITY_DOMAIN_ID } from '@driftlock/application'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { COMMAND } from '../use-cases/testing/deployment.ts'
import { type ApiServer, startApi } from './testing/api-server.ts'

let api: ApiServer
let cookie: string
beforeAll(async () => {
  api = await startApi()
  cookie = await api.cookieOf('super-admin')
  for (const [username, firstName, lastName] of [
    ['sorted-1', 'Zoe', 'Adler'],
    ['sorted-2', 'Anna', 'Berg'],
    ['sorted-3', '', ''],
    ['sorted-4', 'Max', 'adler'],
  ] as const) {
    const securityDomainId = ROOT_SECURITY_DOMAIN_ID
    await createUser(api.ports, COMMAND, { username, firstName, lastName, securityDomainId })
  }
})
afterAll(() => api.close())

interface ListPage {
  readonly items: readonly { readonly username: string }[]
  readonly next?: string
}

async function usernames(query: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const found: string[] = []
  for (let after: string | undefined; ; ) {
    const search = new URLSearchParams({ ...query, username: 'sorted-', ...(after !== undefined && { after }) })
    const response = await fetch(`${api.server.url}/api/v1/users?${search.toString()}`, { headers: { cookie } })
    const { items, next } = (await response.json()) as ListPage // the contract's page of users
    found.push(...items.map(({ username }) => username))
    if (next === undefined) return found
    after = next
  }
}

it('lists users in the order that is asked for, page by page', async () => {
  const limit = '1'
  expect(await usernames({ limit })).toEqual(['sorted-1', 'sorted-2', 'sorted-3', 'sorted-4'])
  expect(await usernames({ limit, sort: 'last-name' })).toEqual(['sorted-4', 'sorted-1', 'sorted-2', 'sorted-3'])
  expect(await usernames({ limit, sort: 'first-name' })).toEqual(['sorted-2', 'sorted-4', 'sorted-1', 'sorted-3'])
})

it('refuses an order that there is not, by the name of the field', async () => {
  const response = await fetch(`${api.server.url}/api/v1/users?sort=phone`, { headers: { cookie } })
  expect(response.status).toBe(400)
  expect(await response.text()).toContain('sort')
})
