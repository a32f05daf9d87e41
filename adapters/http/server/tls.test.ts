import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, get } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type HttpServer, startHttpServer } from './http-server.ts'
import { serverLogger } from './logger.ts'
import { writeSelfSigned } from '../testing/self-signed.ts'
import type { TlsFiles } from './tls-files.ts'

let folder: string
let files: TlsFiles
let server: HttpServer

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'driftlock-tls-'))
  files = writeSelfSigned(folder, 'first')
  server = await startHttpServer({
    host: '127.0.0.1',
    port: 0,
    tls: files,
    trustedProxies: [],
    requestsPerMinute: 1000,
    logger: serverLogger({ level: 'silent' }),
    modules: [{ name: 'test', register: (app) => void app.get('/here', async () => ({ ok: true })) }],
  })
})
afterEach(async () => {
  await server.stop(100)
  rmSync(folder, { recursive: true, force: true })
})

const port = (): number => Number(new URL(server.url).port)

/** The name in the certificate that a new connection is shown. */
function shownName(options: ConnectionOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket: TLSSocket = connect(
      { port: port(), host: '127.0.0.1', rejectUnauthorized: false, ...options },
      () => {
        resolve(String(socket.getPeerCertificate().subject.CN))
        socket.destroy()
      },
    )
    socket.once('error', reject)
  })
}

/** Status of a request over a connection that is kept, and whether it was the same connection as before. */
function ask(agent: Agent): Promise<{ readonly status: number | undefined; readonly reused: boolean }> {
  return new Promise((resolve, reject) => {
    const request = get(`${server.url}/here`, { agent }, (response) => {
      response.resume().once('end', () => resolve({ status: response.statusCode, reused: request.reusedSocket }))
    })
    request.once('error', reject)
  })
}

describe('serving over TLS', () => {
  it('answers a client that trusts the certificate, and tells browsers to come back encrypted', async () => {
    const agent = new Agent({ keepAlive: true, ca: readFileSync(files.certificateFile) })
    expect(await ask(agent)).toEqual({ status: 200, reused: false })
    agent.destroy()
    expect(server.url).toMatch(/^https:/)
    const { headers } = await server.app.inject('/here')
    expect(headers['strict-transport-security']).toMatch(/^max-age=\d+$/)
  })

  it('refuses what is older than TLS 1.2', async () => {
    await expect(shownName({ maxVersion: 'TLSv1.1', minVersion: 'TLSv1' })).rejects.toThrow()
  })

  it('shows a renewed certificate to new connections and keeps those that stand', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1, ca: readFileSync(files.certificateFile) })
    await ask(agent)
    expect(await server.reloadTls()).toBe(false)
    expect(await shownName()).toBe('first')
    writeSelfSigned(folder, 'renewed')
    expect(await server.reloadTls()).toBe(true)
    expect(await shownName()).toBe('renewed')
    expect(await ask(agent)).toEqual({ status: 200, reused: true })
    agent.destroy()
  })

  it('goes on with the certificate it has where the renewed one is unusable, and takes it up once it is mended', async () => {
    writeFileSync(files.certificateFile, 'half a file')
    await expect(server.reloadTls()).rejects.toThrow()
    expect(await shownName()).toBe('first')
    writeSelfSigned(folder, 'mended')
    expect(await server.reloadTls()).toBe(true)
    expect(await shownName()).toBe('mended')
  })

  it('waits with a certificate whose key has not come yet', async () => {
    const key = readFileSync(files.keyFile)
    writeSelfSigned(folder, 'renewed')
    const renewedKey = readFileSync(files.keyFile)
    writeFileSync(files.keyFile, key)
    await expect(server.reloadTls()).rejects.toThrow()
    expect(await shownName()).toBe('first')
    writeFileSync(files.keyFile, renewedKey)
    expect(await server.reloadTls()).toBe(true)
    expect(await shownName()).toBe('renewed')
  })
})
