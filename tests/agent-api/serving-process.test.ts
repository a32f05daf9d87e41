import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AgentInstance, HandDialogue, outline, passcodeOf, startAgentInstance } from './testing/agent-instance.ts'
import type { TokenHolder } from '../interop/testing/radius-instance.ts'

const MAIN = new URL('../../apps/driftlock/main.ts', import.meta.url).pathname

let prepared: AgentInstance
let holder: TokenHolder
let folder: string
beforeAll(async () => {
  prepared = await startAgentInstance({ name: 'prepared' })
  holder = await prepared.addHolder('somebody')
  await prepared.running.stop(1000)
  folder = mkdtempSync(join(tmpdir(), 'driftlock-serving-'))
})
afterAll(async () => {
  await prepared.close()
  rmSync(folder, { recursive: true, force: true })
})

interface LogLine {
  readonly msg: string
  readonly url?: string
  readonly settings?: readonly string[]
}

/** `driftlock serve` on the prepared folder, and what it has logged. */
class Serving {
  readonly child: ChildProcess
  readonly configurationFile = join(folder, 'driftlock.yaml')
  readonly #said: LogLine[] = []
  #wake: () => void = () => undefined

  constructor() {
    this.configure('info')
    const file = ['--config', this.configurationFile]
    const flags = ['--port', '0', '--set', 'radius.enabled=false', 'clock.ignoreTimeService=true']
    const args = [MAIN, 'serve', '--data', prepared.instance.dataFolder.path, ...file, ...flags]
    this.child = spawn(process.execPath, args, {
      stdio: ['ignore', 'inherit', 'pipe'],
      env: { ...process.env, DRIFTLOCK_HTTP_PROT: '80' },
    })
    if (this.child.stderr === null) throw new Error('The log has no pipe.')
    createInterface({ input: this.child.stderr }).on('line', (line) => {
      this.#said.push(JSON.parse(line) as LogLine) // pino writes one record a line
      this.#wake()
    })
  }

  configure(level: string, more = ''): void {
    writeFileSync(this.configurationFile, `log:\n  level: ${level}\n${more}`)
  }

  async until(text: string): Promise<LogLine> {
    for (;;) {
      const found = this.#said.find(({ msg }) => msg.includes(text))
      if (found !== undefined) return found
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }

  async agent(): Promise<AgentInstance> {
    const { url: origin = '' } = await this.until('serving')
    const url = `${origin}/mfa/v1_1`
    return { ...prepared, url, call: (call, message) => callAt(url, call, message) }
  }

  /** Asks it to stop. @returns what it ended with, and after how long. */
  async stop(): Promise<{ readonly code: number | null; readonly tookMs: number }> {
    const from = performance.now()
    const exit = once(this.child, 'exit')
    this.child.kill('SIGTERM')
    const [code] = (await exit) as [number | null] // the event's arguments
    return { code, tookMs: performance.now() - from }
  }
}

async function callAt(url: string, call: string, message: unknown) {
  const headers = { 'content-type': 'application/json', 'client-key': prepared.clientKey }
  const response = await fetch(`${url}/authn/${call}`, { method: 'POST', headers, body: JSON.stringify(message) })
  return { status: response.status, body: await response.json() }
}

/** A client that begins and then takes for ever. */
async function slowClient(url: string, head: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  socket.write(head)
  return socket
}

describe('driftlock serve as a process', () => {
  it('warns of a misspelt variable, and takes who types nothing but its address to the Self-Service Console', async () => {
    const serving = new Serving()
    expect(await serving.until('DRIFTLOCK_HTTP_PROT')).toMatchObject({ level: 40 })
    const { url: origin = '' } = await serving.until('serving')
    const { status, headers } = await fetch(`${origin}/`, { redirect: 'manual' })
    expect({ status, location: headers.get('location') }).toEqual({ status: 302, location: '/self-service/' })
    await serving.stop()
  })

  it('reads its configuration again at SIGHUP without losing a log-on under way', async () => {
    const serving = new Serving()
    try {
      const dialogue = await HandDialogue.begin(await serving.agent(), 'somebody')
      serving.configure('debug', 'http:\n  port: 5999\n')
      serving.child.kill('SIGHUP')
      expect(await serving.until('configuration read again')).toMatchObject({ logLevel: 'debug' })
      serving.configure('loud')
      serving.child.kill('SIGHUP')
      await serving.until('the configuration was not taken up')
      expect(outline(await dialogue.answer('SECURID', passcodeOf(holder)))).toBe('SUCCESS SECURID=SUCCESS')
    } finally {
      expect((await serving.stop()).code).toBe(0)
    }
  })

  it('ends within ten seconds though clients keep it waiting', async () => {
    const serving = new Serving()
    const { url } = await serving.agent()
    const post =
      'POST /mfa/v1_1/authn/initialize HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n'
    const heads = ['GET /healthz/live HTTP/1.1\r\nho', `${post}client-key: ${prepared.clientKey}\r\n\r\n{"subj`, '']
    const sockets = await Promise.all(heads.map((head) => slowClient(url, head)))
    const { code, tookMs } = await serving.stop()
    for (const socket of sockets) socket.destroy()
    expect(code).toBe(0)
    expect(tookMs).toBeLessThan(10_000)
  })
})
