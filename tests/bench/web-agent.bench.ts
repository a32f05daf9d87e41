/**
 * The sub-request that a proxy makes for every request it passes on, beside Fastify answering with nothing at all; both in one
 * process, measured in turn from another. Run: npm run bench -- web-agent [SECONDS]
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import autocannon from 'autocannon'

const seconds = Number(process.argv[2] ?? 4)
const rounds = 3
const connections = 32

const child = spawn(process.execPath, [join(import.meta.dirname, 'web-agent', 'serve-web-agent.ts')], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
try {
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const { value: line } = (await lines.next()) as { value: unknown } // a line, or nothing where the child ended
  const { agent, bare } = JSON.parse(String(line)) as { agent: string; bare: string } // printed by our own process
  const cookie = await sessionCookie(agent)
  const asking = { cookie, 'x-original-uri': '/admin/reports?year=2026', 'x-forwarded-for': '192.0.2.7' }
  const works = [
    { name: 'bare Fastify', url: `${bare}/`, headers: {} },
    { name: 'sub-request, logged on', url: `${agent}/.driftlock/check`, headers: asking },
    { name: 'sub-request, no cookie', url: `${agent}/.driftlock/check`, headers: { ...asking, cookie: '' } },
  ]
  const rates = new Map<string, number[]>()
  for (let round = 0; round < rounds; round += 1) {
    for (const { name, url, headers } of works) {
      const { requests, errors, non2xx } = await autocannon({ url, headers, connections, duration: seconds })
      if (errors > 0 || (non2xx > 0 && !name.includes('no cookie'))) throw new Error(`${name}: requests failed.`)
      rates.set(name, [...(rates.get(name) ?? []), requests.average])
    }
  }
  const best = (name: string): number => Math.max(...(rates.get(name) ?? []))
  const floor = best('bare Fastify')
  console.table(
    works.map(({ name }) => ({
      name,
      'requests/s': Math.round(best(name)),
      'of bare Fastify': (best(name) / floor).toFixed(2),
    })),
  )
} finally {
  const exit = once(child, 'exit')
  child.kill('SIGTERM')
  await exit
}

/** Logs on as a browser does. */
async function sessionCookie(agent: string): Promise<string> {
  const send = (path: string, init: RequestInit) => fetch(`${agent}${path}`, { redirect: 'manual', ...init })
  const form = await send('/.driftlock/log-on', {})
  const ticket = /name="ticket" value="([^"]+)"/.exec(await form.text())?.[1] ?? ''
  const browser = (form.headers.getSetCookie()[0] ?? '').split(';')[0] ?? ''
  const body = new URLSearchParams({ ticket, username: 'ada', passcode: '4837123456' })
  const answer = await send('/.driftlock/log-on', { method: 'POST', headers: { cookie: browser }, body })
  const session = answer.headers.getSetCookie().find((cookie) => cookie.startsWith('__Host-driftlock='))
  if (session === undefined) throw new Error(`The log-on gave no session: status ${answer.status}.`)
  return session.split(';')[0] ?? ''
}
