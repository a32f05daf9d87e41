import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { freePort } from './free-port.ts'

const DEBIAN_ROOT = '/usr/lib/postgresql'

/** A PostgreSQL server of its own in a scratch folder, gone with the process that started it. */
export interface ScratchPostgresql {
  /** Makes an empty database. @returns its address. */
  createDatabase(): Promise<string>
  /** Kills the server as a crash would, and starts it again on the same port. */
  crashAndRestart(): Promise<void>
  stop(): Promise<void>
}

/** @returns the folder of the newest PostgreSQL programs of the system, if there are any. */
export function postgresqlPrograms(): string | undefined {
  if (!existsSync(DEBIAN_ROOT)) return undefined
  const versions = readdirSync(DEBIAN_ROOT).sort((a, b) => Number(b) - Number(a))
  return versions
    .map((version) => join(DEBIAN_ROOT, version, 'bin'))
    .find((folder) => existsSync(join(folder, 'postgres')))
}

/** PostgreSQL refuses to run as root: then it runs as the user `postgres`. */
function unprivileged():
  | { readonly uid: number; readonly gid: number; readonly prefix: readonly string[] }
  | undefined {
  if (process.getuid?.() !== 0) return undefined
  const id = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }))
  const uid = id('-u')
  const gid = id('-g')
  return { uid, gid, prefix: [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups'] }
}

function prepareFolder(programs: string, user: ReturnType<typeof unprivileged>): string {
  const folder = mkdtempSync(join(tmpdir(), 'driftlock-postgresql-'))
  chmodSync(folder, 0o755)
  const data = join(folder, 'data')
  mkdirSync(data, { mode: 0o700 })
  if (user !== undefined) chownSync(data, user.uid, user.gid)
  const initdb = [
    join(programs, 'initdb'),
    '-D',
    data,
    '-U',
    'driftlock',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale=C',
    '--no-sync',
  ]
  execFileSync('setpriv', [...(user?.prefix ?? []), '--', ...initdb], { stdio: 'pipe', cwd: folder })
  return folder
}

function startServer(
  programs: string,
  options: { readonly folder: string; readonly port: number; readonly settings: readonly string[] },
) {
  const user = unprivileged()
  const settings = [
    'listen_addresses=127.0.0.1',
    `port=${options.port}`,
    'unix_socket_directories=',
    'shared_buffers=64MB',
    'max_connections=80',
    ...options.settings,
  ]
  const command = [
    join(programs, 'postgres'),
    '-D',
    join(options.folder, 'data'),
    ...settings.flatMap((setting) => ['-c', setting]),
  ]
  // --pdeathsig: a test process that is killed takes its server along.
  return spawn('setpriv', [...(user?.prefix ?? []), '--pdeathsig=INT', '--', ...command], {
    stdio: 'ignore',
    cwd: options.folder,
  })
}

async function untilReady(port: number): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const client = new Client({ host: '127.0.0.1', port, user: 'driftlock', database: 'postgres' })
    try {
      await client.connect()
      await client.end()
      return
    } catch (error) {
      if (attempt > 300) throw error
      await sleep(50)
    }
  }
}

async function ended(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const exit = once(server, 'exit')
  server.kill(signal)
  await exit
}

/**
 * Starts a server from the system's PostgreSQL programs (Debian: /usr/lib/postgresql/VERSION/bin) on a free port.
 * @param settings `name=value` lines for the server.
 * @throws Error when PostgreSQL is not installed.
 */
export async function startScratchPostgresql(settings: readonly string[] = []): Promise<ScratchPostgresql> {
  const programs = postgresqlPrograms()
  if (programs === undefined) throw new Error('These tests need PostgreSQL: apt-get install postgresql')
  const folder = prepareFolder(programs, unprivileged())
  const port = await freePort()
  let server = startServer(programs, { folder, port, settings })
  await untilReady(port)
  let made = 0
  return {
    async createDatabase() {
      const name = `scratch_${++made}`
      const client = new Client({ host: '127.0.0.1', port, user: 'driftlock', database: 'postgres' })
      await client.connect()
      await client.query(`CREATE DATABASE ${name}`)
      await client.end()
      return `postgres://driftlock@127.0.0.1:${port}/${name}`
    },
    async crashAndRestart() {
      // SIGQUIT is PostgreSQL's immediate shutdown: no checkpoint, recovery from the log at the next start.
      await ended(server, 'SIGQUIT')
      server = startServer(programs, { folder, port, settings })
      await untilReady(port)
    },
    async stop() {
      await ended(server, 'SIGINT')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
