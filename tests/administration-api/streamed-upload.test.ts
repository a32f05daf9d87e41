import { job } from '@driftlock/contracts'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { type ApiServer, startApi } from './testing/api-server.ts'

const TOKENS = 6_000
const JOB = '0192f7b0-0000-7000-8000-000000000001'

let api: ApiServer
let cookie: string
beforeAll(async () => {
  api = await startApi()
  cookie = await api.cookieOf('super-admin')
})
afterAll(() => api.close())

/** Half of an OATH list, then the rest when it is asked for. */
function listInHalves(): { readonly list: ReadableStream<Uint8Array>; sendRest(): void } {
  const row = (place: number) => `upload-${String(place).padStart(8, '0')}, ${'31'.repeat(20)}, TOTP, 6, 30\n`
  const rows = (from: number) =>
    Buffer.from(Array.from({ length: TOKENS / 2 }, (_, place) => row(from + place)).join(''))
  const { promise, resolve } = Promise.withResolvers<void>()
  const list = new ReadableStream<Uint8Array>({
    async start(controller) {
      controller.enqueue(Buffer.from('# version: 1\n'))
      controller.enqueue(rows(0))
      await promise
      controller.enqueue(rows(TOKENS / 2))
      controller.close()
    },
  })
  return { list, sendRest: resolve }
}

it('reads an upload while it comes, and tells how far it is', async () => {
  const { list, sendRest } = listInHalves()
  const query = new URLSearchParams({ fileName: 'list.csv', securityDomainId: 'root', jobId: JOB, dryRun: 'true' })
  const headers = { cookie, 'content-type': 'application/octet-stream' }
  const upload: RequestInit & { readonly duplex: 'half' } = { method: 'POST', headers, body: list, duplex: 'half' }
  const sending = fetch(`${api.server.url}/api/v1/token-imports?${query.toString()}`, upload)
  const progress = async () => {
    const response = await fetch(`${api.server.url}/api/v1/jobs/${JOB}`, { headers: { cookie } })
    return job.parse(await response.json())
  }
  await vi.waitFor(async () => expect((await progress()).doneCount).toBeGreaterThan(0), { timeout: 20_000 })
  expect((await progress()).status).toBe('running')
  sendRest()
  expect((await sending).status).toBe(202)
  expect(await progress()).toMatchObject({ status: 'succeeded', doneCount: TOKENS })
})
