import type { HttpServer } from '@driftlock/http'
import { expect, it } from 'vitest'
import { pino } from 'pino'
import { type Configuration, withDefaults } from '../configuration/configuration.ts'
import { reload } from './reload.ts'

async function reloaded(found: Parameters<typeof withDefaults>[0], reloadTls = async () => true) {
  const lines: Record<string, unknown>[] = []
  const logger = pino(
    { level: 'info' },
    { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
  ) // pino writes JSON
  const started: Configuration = withDefaults({ http: { requestsPerMinute: 60, port: 1 } }, 'host')
  const http = { reloadTls } as Pick<HttpServer, 'reloadTls'> as HttpServer // a reload asks nothing else of it
  await reload({ load: async () => withDefaults(found, 'host'), started, http, logger })
  return { lines, level: logger.level }
}

it('names each setting that waits for a start', async () => {
  const { lines } = await reloaded({ http: { requestsPerMinute: 61, port: 1 }, radius: { tcpPort: 1813 } })
  expect(lines.at(-1)).toMatchObject({ settings: ['http.requestsPerMinute', 'radius.tcpPort'] })
})

it('leaves the log level as it was when the TLS files cannot be used', async () => {
  const { lines, level } = await reloaded({ log: { level: 'trace' } }, () => Promise.reject(new Error('no key')))
  expect(level).toBe('info')
  expect(lines).toMatchObject([{ err: { message: 'no key' }, msg: expect.stringContaining('not taken up') }])
})
