import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAgent, ROOT_SECURITY_DOMAIN_ID, seedContext, uniqueId } from '@driftlock/application'
import { defaultWindows, makePinVerifier } from '@driftlock/domain'
import { initialiseInstance, type Instance, startInstance, withDefaults } from '@driftlock/driftlock'
import { serverLogger } from '@driftlock/http'
import { sampleToken, sampleUser } from '@driftlock/sql/testing'
import Fastify from 'fastify'

/** What the measuring process needs to log these users on. */
export interface BenchServer {
  readonly url: string
  readonly clientId: string
  readonly clientKey: string
  readonly holders: readonly { readonly username: string; readonly seedHex: string }[]
}

export const PIN = '4837'
const HOLDERS = 4096

/** Run as a process of its own: `echo`, or the database that an instance is to use ('' = SQLite). */
const [mode = 'echo'] = process.argv.slice(2)
const stop = mode === 'echo' ? await serveEcho() : await serveLogins(mode === 'sqlite' ? undefined : mode)
process.once('SIGTERM', () => void stop().then(() => process.exit(0)))

function say(server: BenchServer): void {
  process.stdout.write(`${JSON.stringify(server)}\n`)
}

/** The floor: the same message parsed and sent back, with nothing else. */
async function serveEcho(): Promise<() => Promise<void>> {
  const app = Fastify({ logger: false })
  app.post('/mfa/v1_1/authn/initialize', (request, reply) => reply.send(request.body))
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  say({ url, clientId: 'bench', clientKey: 'bench', holders: [{ username: 'nobody', seedHex: '00'.repeat(20) }] })
  return () => app.close()
}

async function serveLogins(database: string | undefined): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'driftlock-bench-'))
  const common = { dataFolder: folder, environment: {}, ...(database !== undefined && { database }) }
  const instance = await initialiseInstance({ ...common, name: 'command' })
  const holders = await addHolders(instance)
  const context = { authority: { type: 'command' }, actor: { type: 'command', id: '0', name: 'bench' } } as const
  const agent = { name: 'bench', kind: 'standard', securityDomainId: ROOT_SECURITY_DOMAIN_ID }
  const { clientKey } = await createAgent(instance.administration, context, agent)
  await instance.close()
  const given = {
    instance: { name: 'bench' },
    http: { port: 0, requestsPerMinute: 1_000_000 },
    radius: { enabled: false },
  }
  const configuration = withDefaults({ ...given, ...(database !== undefined && { database }) }, 'localhost')
  const running = await startInstance({ ...common, configuration, logger: serverLogger({ level: 'warn' }) })
  say({ url: running.http.url, clientId: agent.name, clientKey, holders })
  return async () => {
    await running.stop(2000)
    rmSync(folder, { recursive: true, force: true })
  }
}

/** HOTP tokens, because a bench must not wait for clocks. */
async function addHolders({ store, keys, clock, random }: Instance): Promise<BenchServer['holders']> {
  const holders = Array.from({ length: HOLDERS }, (_, place) => ({
    username: `bench${place}`,
    seedHex: randomBytes(20).toString('hex'),
  }))
  await store.administration.transaction(async (tx) => {
    for (const { username, seedHex } of holders) {
      const user = sampleUser(username)
      const id = uniqueId({ clock, random })
      const pin = { verifier: makePinVerifier(PIN, id, keys.pinKeys()), length: 4, setAt: clock.now(), history: [] }
      const windows = defaultWindows('hotp', 'key-fob', 0)
      const record = { id, userId: user.user.id, kind: 'hotp', intervalSeconds: 0, windows } as const
      const { token } = sampleToken(`bench-${username}`, record, { pin })
      await tx.users.insert(user)
      const seed = keys.seal('seed', seedContext(id), Buffer.from(seedHex, 'hex'))
      await tx.tokens.insert({ token, seed, seedFingerprint: null })
    }
  })
  return holders
}
