import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pageSite } from '../pages/page-site.ts'
import { type HttpServer, startHttpServer } from './http-server.ts'
import { serverLogger } from './logger.ts'

const folder = mkdtempSync(join(tmpdir(), 'driftlock-pages-'))
let server: HttpServer
beforeAll(async () => {
  const module = {
    name: 'test',
    register(app: HttpServer['app']) {
      app.get('/things/:id/parts', async () => ({}))
      app.put('/things/:id/parts', async () => ({}))
      app.post('/things', async () => ({}))
      app.get('/files/*', async () => ({}))
      app.post('/log-on', { config: { isLogOn: true } }, async () => ({}))
      app.get('/broken', async () => {
        throw new Error('a secret cause')
      })
    },
  }
  const logger = serverLogger({ level: 'silent' })
  const place = { host: '127.0.0.1', port: 0, trustedProxies: [], requestsPerMinute: 1000, logOnsPerMinute: 1 }
  writeFileSync(join(folder, 'index.html'), '<!doctype html>')
  const pages = pageSite({ prefix: '/pages/', folder })
  server = await startHttpServer({ ...place, logger, modules: [module, pages] })
})
afterAll(async () => {
  await server.stop(100)
  rmSync(folder, { recursive: true })
})

const ask = (method: string, path: string, headers: Record<string, string> = {}) =>
  fetch(`${server.url}${path}`, { method, headers })

describe('a method that an address does not take', () => {
  it.each([
    ['DELETE', '/things/7/parts', 'GET, HEAD, PUT'],
    ['POST', '/things/a%20b/parts?q=1', 'GET, HEAD, PUT'],
    ['GET', '/things', 'POST'],
    ['OPTIONS', '/things', 'POST'],
    ['PUT', '/files/a/b.txt', 'GET, HEAD'],
    ['POST', '/pages/users/7', 'GET, HEAD'],
  ])('is refused with those it takes: %s %s', async (method, path, allowed) => {
    const answer = await ask(method, path)
    expect({ status: answer.status, allow: answer.headers.get('allow') }).toEqual({ status: 405, allow: allowed })
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(await answer.json()).toMatchObject({ status: 405, code: 'METHOD_NOT_ALLOWED' })
  })

  it.each([
    ['GET', '/things/7'],
    ['GET', '/things/7/parts/8'],
    ['POST', '/file'],
  ])('is no reason where nothing is at all: %s %s', async (method, path) => {
    const answer = await ask(method, path)
    expect({ status: answer.status, allow: answer.headers.get('allow') }).toEqual({ status: 404, allow: null })
  })
})

it('is told in the log when a console was not built', async () => {
  const lines: string[] = []
  const logger = pino({ level: 'warn' }, { write: (line) => void lines.push(line) })
  const place = { host: '127.0.0.1', port: 0, trustedProxies: [], requestsPerMinute: 1000 }
  const pages = pageSite({ prefix: '/pages/', folder: join(folder, 'none') })
  await (await startHttpServer({ ...place, logger, modules: [pages] })).stop(100)
  expect(lines.join('')).toMatch(/"prefix":"\/pages\/".*not built.*npm run build/)
})

describe('somebody in a browser', () => {
  const browser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' }
  const page = async (headers: Record<string, string>, method = 'GET', path = '/nothing') => {
    const answer = await ask(method, path, { ...browser, ...headers })
    return { status: answer.status, headers: answer.headers, text: await answer.text() }
  }

  it('is told in a page that leads home, in their language', async () => {
    const german = await page({ 'accept-language': 'de-AT,de;q=0.9,en;q=0.5' })
    expect(german.status).toBe(404)
    expect(german.text).toContain('<html lang="de"')
    expect(german.text).toMatch(/<h1>Seite nicht gefunden<\/h1>[^]*<a href="\/">Zur Startseite<\/a>/)
    expect((await page({})).text).toContain('<h1>Page not found</h1>')
    expect((await page({}, 'GET', '/things')).text).toContain('<h1>That does not work here</h1>')
  })

  it('keeps the language and the look chosen in a console', async () => {
    const { text } = await page({ cookie: 'x=1; driftlock-language=de; driftlock-theme=dark' })
    expect(text).toContain('<html lang="de" class="dark">')
  })

  it('gets a style that the policy of the page names by its hash, and nothing else that runs or loads', async () => {
    const { headers, text } = await page({})
    const style = /<style>([^]*)<\/style>/.exec(text)?.[1] ?? ''
    const hash = createHash('sha256').update(style).digest('base64')
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none';/)
    expect(headers.get('content-security-policy')).toContain(`style-src 'sha256-${hash}'`)
    expect(text).not.toMatch(/<script|style=/)
  })

  it('is told in a page as well when they come too often or something fails, with the id that the log has', async () => {
    await page({}, 'POST', '/log-on')
    const often = await page({}, 'POST', '/log-on')
    expect(often).toMatchObject({ status: 429, text: expect.stringContaining('Too many attempts') })
    const failed = await page({}, 'GET', '/broken')
    expect(failed.status).toBe(500)
    expect(failed.text).toContain(`Reference for the help desk: ${failed.headers.get('x-request-id')}`)
    expect(failed.text).not.toContain('secret cause')
  })

  it('does not find what was asked for in it', async () => {
    const { text } = await page({}, 'GET', '/%3Cscript%3Ealert(1)%3C/script%3E')
    expect(text).not.toContain('alert')
  })
})
