import { AUTOMATIC_REQUEST_HEADER, instanceEndpoints } from '@driftlock/contracts'
import { afterEach, expect, it, vi } from 'vitest'
import { createApiClient } from './api-client.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

/** Answers every request, with no instances where it is good. @returns the headers that came. */
function answering(status: number): Headers[] {
  const seen: Headers[] = []
  vi.stubGlobal('fetch', async (_url: string, init: RequestInit) => {
    seen.push(new Headers(init.headers))
    return Response.json(status === 200 ? { items: [], clockDoubts: [], serverTime: 0 } : {}, { status })
  })
  return seen
}

it('takes an answer to somebody for an act, and says which request the page made by itself', async () => {
  const headers = answering(200)
  const acts = vi.fn<() => void>()
  const client = createApiClient(() => undefined)
  const stop = client.onAct(acts)
  await client.call(instanceEndpoints.listInstances, { automatic: true })
  expect(acts).not.toHaveBeenCalled()
  await client.call(instanceEndpoints.listInstances, {})
  expect(acts).toHaveBeenCalledOnce()
  stop()
  await client.call(instanceEndpoints.listInstances, {})
  expect(acts).toHaveBeenCalledOnce()
  expect(headers.map((one) => one.get(AUTOMATIC_REQUEST_HEADER))).toEqual(['1', null, null])
})

it('takes no refusal for an act, and tells when the session has ended', async () => {
  answering(401)
  const ended = vi.fn<() => void>()
  const acts = vi.fn<() => void>()
  const client = createApiClient(ended)
  client.onAct(acts)
  await expect(client.call(instanceEndpoints.listInstances, {})).rejects.toThrow()
  expect(acts).not.toHaveBeenCalled()
  expect(ended).toHaveBeenCalledOnce()
})
