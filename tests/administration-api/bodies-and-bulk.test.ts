import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiServer, makeToken, startApi } from './testing/api-server.ts'

let api: ApiServer
let cookie: string
beforeAll(async () => {
  api = await startApi()
  cookie = await api.cookieOf('super-admin')
})
afterAll(() => api.close())

async function post(path: string, body: string | undefined, more: Record<string, string> = {}) {
  const headers = { cookie, 'content-type': 'application/json', ...more }
  const response = await fetch(`${api.server.url}/api/v1${path}`, { method: 'POST', headers, body: body ?? null })
  const text = await response.text()
  const answer: unknown = text === '' ? undefined : JSON.parse(text)
  return { status: response.status, answer }
}

describe('a body that cannot be read', () => {
  it.each([
    ['is empty', '', 'The body is empty. Send the fields as JSON.'],
    ['is not there', undefined, 'The body is empty. Send the fields as JSON.'],
    ['is no JSON', '{"username":', 'The body is not valid JSON.'],
  ])('is told from one with a wrong field: it %s', async (_, body, detail) => {
    for (const path of ['/users', '/self-service/session']) {
      expect(await post(path, body)).toMatchObject({ status: 400, answer: { code: 'INVALID_REQUEST', detail } })
    }
  })

  it('may be empty where nothing is to be said', async () => {
    const id = await makeToken(api, 'EMPTY1')
    expect((await post(`/tokens/${id}/disable`, '')).status).toBeLessThan(300)
  })
})

describe('one act on several tokens', () => {
  it('answers with their serials, also of those that failed or are gone after it', async () => {
    const [assigned, gone] = [await makeToken(api, 'BULK1'), await makeToken(api, 'BULK2')]
    const body = { act: 'delete', tokenIds: [assigned, gone, 'nobody-knows'], confirmCount: 3 }
    const { answer } = await post('/tokens/bulk', JSON.stringify(body))
    expect(answer).toMatchObject({
      done: 2,
      results: [
        { id: assigned, name: 'BULK1', ok: true },
        { id: gone, name: 'BULK2', ok: true },
        { id: 'nobody-knows', name: 'nobody-knows', ok: false, code: 'NOT_FOUND' },
      ],
    })
  })

  it('tells no serial to who may not act on the token', async () => {
    const hidden = await makeToken(api, 'BULK3')
    const headers = { cookie: await api.cookieOf('privileged-help-desk') }
    const body = { act: 'delete', tokenIds: [hidden], confirmCount: 1 }
    const { answer } = await post('/tokens/bulk', JSON.stringify(body), headers)
    expect(answer).toMatchObject({ results: [{ id: hidden, name: hidden, ok: false }] })
  })
})
