import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serverLogger } from '@driftlock/http'
import { freePort } from '@driftlock/sql/testing'
import {
  configurationSchema,
  type GivenWebAgentConfiguration,
  type RunningWebAgent,
  startWebAgent,
} from '@driftlock/web-agent'

export const HOST = 'localhost'
export type Proxy = 'nginx' | 'caddy' | 'haproxy'

export interface ProtectedSite {
  /** Of the real page, behind its proxy. */
  readonly url: string
  /** Of the web agent itself, as the proxy sees it. */
  readonly agentUrl: string
  readonly agent: RunningWebAgent
  /** Headers of the requests that reached the real page, and their `path`, oldest first. */
  readonly seen: readonly IncomingHttpHeaders[]
  close(): Promise<void>
}

export interface ProtectedSiteOptions {
  readonly proxy: Proxy
  readonly managers: readonly string[]
  readonly clientId: string
  readonly clientKey: string
  readonly configuration?: Partial<GivenWebAgentConfiguration>
  /** The agent's clock; absent = the machine's. */
  readonly clock?: () => number
}

/** A real page behind Debian's nginx, Caddy or HAProxy, which ask a web agent; configured as docs/guide/web-agent.md says. */
export async function startProtectedSite(options: ProtectedSiteOptions): Promise<ProtectedSite> {
  const folder = mkdtempSync(join(tmpdir(), 'driftlock-web-agent-'))
  const { proxy, configuration } = options
  const agent = await startAgent(folder, options, { listen: { port: 0 }, ...configuration })
  const application = await startApplication()
  const port = await freePort()
  const agentPort = Number(new URL(agent.url).port)
  const program = runProxy(proxy, { folder, port, agentPort, applicationPort: application.port })
  await untilOpen(port)
  return {
    url: `https://${HOST}:${port}`,
    agentUrl: agent.url,
    agent,
    seen: application.seen,
    async close() {
      program.kill('SIGTERM')
      await new Promise((resolve) => program.once('exit', resolve))
      await agent.stop(500)
      await application.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export interface SiteOfAgent {
  readonly url: string
  readonly agent: RunningWebAgent
  close(): Promise<void>
}

/** A web agent that browsers reach over TLS of its own, without a proxy: for a site of the agent's own. */
export async function startSiteOfAgent(options: Omit<ProtectedSiteOptions, 'proxy'>): Promise<SiteOfAgent> {
  const folder = mkdtempSync(join(tmpdir(), 'driftlock-web-agent-'))
  makeCertificate(folder)
  const tls = { certificateFile: join(folder, 'app.pem'), keyFile: join(folder, 'app.key') }
  const agent = await startAgent(folder, options, { listen: { port: 0, tls }, ...options.configuration })
  return {
    url: `https://${HOST}:${new URL(agent.url).port}`,
    agent,
    async close() {
      await agent.stop(500)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function startAgent(
  folder: string,
  { managers, clientId, clientKey, clock }: Omit<ProtectedSiteOptions, 'proxy'>,
  given: Partial<GivenWebAgentConfiguration>,
): Promise<RunningWebAgent> {
  const keyFile = join(folder, 'agent.key')
  const cookieKeyFile = join(folder, 'cookie.key')
  writeFileSync(keyFile, `${clientKey}\n`, { mode: 0o600 })
  writeFileSync(cookieKeyFile, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 })
  const configuration = configurationSchema.parse({
    managers: [...managers],
    managerTimeoutSeconds: 5,
    agent: { id: clientId, keyFile },
    cookieKeyFile,
    site: {},
    log: 'silent',
    ...given,
  })
  return startWebAgent(configuration, serverLogger({ level: 'silent' }), clock)
}

async function startApplication() {
  const seen: IncomingHttpHeaders[] = []
  const server = createServer((request, response) => {
    seen.push({ ...request.headers, path: request.url })
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(
      `<!doctype html><html lang="en"><title>The application</title><h1>The application</h1><p id="user">${String(request.headers['remote-user'] ?? 'nobody')}</p><p id="path">${encodeURI(request.url ?? '')}</p>`,
    )
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo // it listens at a port
  return { port, seen, close: () => new Promise((resolve) => server.close(resolve)) }
}

interface ProxyPlaces {
  readonly folder: string
  readonly port: number
  readonly agentPort: number
  readonly applicationPort: number
}

/** A configuration that the guide gives, with the ports and files of the test in it. */
function fromGuide(language: string, { folder, port, agentPort, applicationPort }: ProxyPlaces): string {
  const guide = readFileSync(new URL('../../../docs/guide/web-agent.md', import.meta.url), 'utf8')
  const block = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(guide)?.[1]
  if (block === undefined) throw new Error(`The guide has no block of ${language}.`)
  return block
    .replaceAll('127.0.0.1:8480', `127.0.0.1:${agentPort}`)
    .replaceAll('127.0.0.1:3000', `127.0.0.1:${applicationPort}`)
    .replace('listen 443 ssl', `listen 127.0.0.1:${port} ssl`)
    .replace('bind :443 ssl', `bind 127.0.0.1:${port} ssl`)
    .replace('app.example.com {', `https://${HOST}:${port} {`)
    .replaceAll(/\/etc\/(?:ssl|haproxy)\//g, `${folder}/`)
}

function runProxy(proxy: Proxy, places: ProxyPlaces): ChildProcess {
  const { folder } = places
  makeCertificate(folder)
  const file = join(folder, `${proxy}.conf`)
  const run = (program: string, ...args: string[]): ChildProcess => {
    const env = { ...process.env, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder, HOME: folder }
    return spawn(program, args, { stdio: 'ignore', env })
  }
  switch (proxy) {
    case 'caddy':
      writeFileSync(file, `{\n\tadmin off\n\tauto_https disable_redirects\n}\n${fromGuide('caddyfile', places)}`)
      return run('caddy', 'run', '--adapter', 'caddyfile', '--config', file)
    case 'haproxy':
      writeFileSync(file, fromGuide('haproxy', places))
      writeFileSync(join(folder, 'driftlock.lua'), fromGuide('lua', places))
      return run('haproxy', '-db', '-f', file)
    case 'nginx':
      writeFileSync(file, nginxMain(folder, fromGuide('nginx', places)))
      return run('nginx', '-c', file, '-p', folder)
  }
}

function nginxMain(folder: string, server: string): string {
  mkdirSync(join(folder, 'temp'))
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/temp/${name};`,
  )
  return `daemon off; worker_processes 1; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
events { worker_connections 256; }
http { access_log off; ${temporary.join(' ')}
${server}}`
}

function makeCertificate(folder: string): void {
  execFileSync(
    'openssl',
    `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=${HOST} -addext subjectAltName=DNS:${HOST}`
      .split(' ')
      .concat('-keyout', join(folder, 'app.key'), '-out', join(folder, 'app.pem')),
    { stdio: 'ignore' },
  )
  const [certificate, key] = ['app.pem', 'app.key'].map((name) => readFileSync(join(folder, name), 'utf8'))
  writeFileSync(join(folder, 'app.both.pem'), `${certificate}${key}`, { mode: 0o600 })
}

async function untilOpen(port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).once('error', () => resolve(false))
      socket.once('close', () => undefined).unref()
    })
    if (isOpen) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`Nothing listens at port ${port}: the proxy did not start.`)
}
