import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { renameSync, writeFileSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { scratchShell, type Shell } from '../interop/testing/driftlock-command.ts'

const MAIN = new URL('../../apps/driftlock/main.ts', import.meta.url).pathname
const PASSWORD = 'correct horse battery staple'

let shell: Shell
let config: string
let made: { readonly setUpCode: string }
let served: { readonly url: string; readonly child: ChildProcess }

/** `driftlock cloud` on that configuration; resolves with the address it says it listens on. */
async function serve(): Promise<typeof served> {
  const child = spawn(process.execPath, [MAIN, 'cloud', '--config', config], { stdio: ['ignore', 'ignore', 'pipe'] })
  for await (const line of createInterface({ input: child.stderr })) {
    const { msg, url } = JSON.parse(line) as { readonly msg: string; readonly url?: string } // one record a line
    if (msg === 'cloud access service serving' && url !== undefined) {
      child.stderr.resume()
      return { url, child }
    }
  }
  throw new Error('It ended before it served.')
}

async function call(path: string, body?: unknown, token?: string): Promise<Readonly<Record<string, string>>> {
  const headers = {
    'content-type': 'application/json',
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  }
  const init = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) }
  const answer = await fetch(new URL(`/cloud/v1/admin${path}`, served.url), init)
  expect(answer.status).toBeLessThan(300)
  return answer.status === 204 ? {} : ((await answer.json()) as Record<string, string>) // what is read of it are texts
}

beforeAll(async () => {
  shell = await scratchShell()
  config = shell.scratch('cloud.yaml')
  writeFileSync(config, 'dataFolder: cloud\nlisten:\n  port: 0\n')
  made = ((await shell.json(['cloud', 'init', '--config', config])) as (typeof made)[])[0] ?? { setUpCode: '' }
  served = await serve()
})
afterAll(async () => {
  served.child.kill('SIGKILL')
  await shell.remove()
})

describe('driftlock cloud as a process', () => {
  it('takes in an administrator, a user and an app, and shows them to the scraper', async () => {
    await call('/set-up', { name: 'admin', setUpCode: made.setUpCode, password: PASSWORD })
    const { token } = await call('/sessions', { name: 'admin', password: PASSWORD })
    const company = await call('/companies', { name: 'acme' }, token)
    const source = await call(`/companies/${company['id']}/sources`, { name: 'Employees' }, token)
    const person = { sourceId: source['id'], attribute: 'ada', displayName: 'Ada' }
    const user = await call(`/companies/${company['id']}/users`, person, token)
    const { code } = await call(`/users/${user['id']}/app-registrations`, {}, token)
    const file = shell.scratch('ada.app')
    const register = ['cloud', 'app', 'register', file, '--service', served.url, '--code-file', '-']
    expect((await shell.driftlock(register, `${code}\n`)).code).toBe(0)
    const [shown] = (await shell.json(['cloud', 'app', 'tokencode', file])) as { tokencode: string }[]
    const answer = await fetch(new URL('/cloud/v1/app/authentications', served.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ company: 'acme', userName: 'ada', tokencode: shown?.tokencode }),
    })
    // The proof of the registration used this minute's code up, and a rejection is counted as well.
    const { outcome } = (await answer.json()) as { outcome: string }
    const scraped = await (await fetch(new URL('/metrics', served.url))).text()
    expect(scraped).toContain('driftlock_cloud_active_apps 1')
    expect(scraped).toContain(`driftlock_cloud_tokencodes_total{asker="app",outcome="${outcome}"} 1`)
  })

  it('is stopped by SIGTERM within ten seconds, and then its keys change under the seeds that are there', async () => {
    const begun = performance.now()
    const ended = once(served.child, 'exit')
    served.child.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
    expect(performance.now() - begun).toBeLessThan(10_000)
    const [rotation] = (await shell.json(['cloud', 'keys', 'rotate', '--alone', '--config', config])) as {
      readonly resealed: number
    }[]
    expect(rotation?.resealed).toBeGreaterThan(0)
  })

  it('wraps its data keys under another master key, and puts that on record', async () => {
    const [old, next] = [shell.scratch('cloud/master.key'), shell.scratch('next.key')]
    const rotate = ['cloud', 'keys', 'rotate-master', '--config', config, '--yes', '--new-key-file']
    const [first] = await shell.json([...rotate, next])
    expect(first).toMatchObject({ wrapped: expect.any(Number) })
    const refused = await shell.driftlock(['cloud', 'audit', 'verify', '--config', config])
    expect({ code: refused.code, text: refused.stderr }).toMatchObject({
      code: 7,
      text: expect.stringContaining('master key'),
    })
    renameSync(old, shell.scratch('old.key'))
    renameSync(next, old)
    const database = new DatabaseSync(shell.scratch('cloud/cloud.sqlite'))
    const noted = database
      .prepare(`SELECT record FROM audit_records WHERE action = 'rotate-keys' ORDER BY sequence DESC`)
      .get()
    database.close()
    expect(noted?.['record']).toContain(String(first?.['masterKeyId']))
  })

  it('finds an end of its audit log that was cut off with the head set back, by the checkpoint it signed when it stopped', async () => {
    const whole = shell.scratch('cloud/cloud.sqlite')
    const cut = shell.scratch('cut.sqlite')
    writeFileSync(shell.scratch('cut.yaml'), 'dataFolder: cloud\ndatabase: cut.sqlite\n')
    const source = new DatabaseSync(whole)
    source.exec(`VACUUM INTO '${cut}'`)
    source.close()
    const database = new DatabaseSync(cut)
    const signed = database.prepare(`SELECT max(sequence) AS at FROM audit_checkpoints WHERE chain_id = 'cloud'`).get()
    const end = Number(signed?.['at'])
    database.exec(`DELETE FROM audit_records WHERE sequence >= ${end}`)
    database.exec(
      `UPDATE audit_chains SET sequence = ${end - 1}, mac = (SELECT mac FROM audit_records WHERE sequence = ${end - 1})`,
    )
    database.close()
    const { code, stdout } = await shell.driftlock(['cloud', 'audit', 'verify', '--config', shell.scratch('cut.yaml')])
    expect(code).not.toBe(0)
    expect(stdout).toContain(`truncated at ${end}`)
  })

  it('proves its audit log, and names the record that somebody changed', async () => {
    const verify = ['cloud', 'audit', 'verify', '--config', config]
    expect((await shell.driftlock(verify)).code).toBe(0)
    const database = new DatabaseSync(shell.scratch('cloud/cloud.sqlite'))
    database.exec(`UPDATE audit_records SET record = replace(record, 'create-company', 'update-company')`)
    database.close()
    const { code, stdout, stderr } = await shell.driftlock(verify)
    expect(code).not.toBe(0)
    expect(`${stdout}${stderr}`).toContain('not as they were written')
  })
})
