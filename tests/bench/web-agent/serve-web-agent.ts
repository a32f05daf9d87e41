/** Serves a bare Fastify and a web agent whose manager lets everybody in; prints both addresses as one line of JSON. */
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serverLogger } from '@driftlock/http'
import { configurationSchema, startWebAgent } from '@driftlock/web-agent'
import Fastify from 'fastify'

const groups = ['SystemDomain', 'Example', 'Administrators'].map((value) => ({ name: 'memberOf', value }))
const manager = createServer((request, response) => {
  request.resume().on('end', () => {
    response.setHeader('content-type', 'application/json')
    const methodId = 'SECURID'
    const judged = { methodId, methodResponseCode: 'SUCCESS', methodReasonCode: 'VERIFIED', authnAttributes: groups }
    const answer = {
      context: { authnAttemptId: randomUUID(), messageId: randomUUID(), inResponseTo: null },
      credentialValidationResults: [judged],
      attemptResponseCode: 'SUCCESS',
      attemptReasonCode: 'CREDENTIAL_VERIFIED',
      challengeMethods: null,
    }
    response.end(JSON.stringify(answer))
  })
})
await new Promise<void>((resolve) => {
  manager.listen(0, '127.0.0.1', resolve)
})
const { port } = manager.address() as AddressInfo // it listens at a port

const folder = mkdtempSync(join(tmpdir(), 'driftlock-bench-agent-'))
const keyFile = join(folder, 'agent.key')
const cookieKeyFile = join(folder, 'cookie.key')
writeFileSync(keyFile, 'a key\n', { mode: 0o600 })
writeFileSync(cookieKeyFile, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600 })
const configuration = configurationSchema.parse({
  managers: [`http://127.0.0.1:${port}/mfa/v1_1`],
  agent: { id: 'bench', keyFile },
  cookieKeyFile,
  listen: { port: 0 },
  rules: [
    { path: '/open', access: 'open' },
    { host: '127.0.0.1', path: '/admin', groups: ['Administrators'] },
  ],
  log: 'silent',
})
const agent = await startWebAgent(configuration, serverLogger({ level: 'silent' }))
const bare = Fastify()
bare.get('/', (_request, reply) => reply.send(''))
await bare.listen({ host: '127.0.0.1', port: 0 })
const bareAddress = bare.server.address() as AddressInfo // it listens at a port
console.log(JSON.stringify({ agent: agent.url, bare: `http://127.0.0.1:${bareAddress.port}` }))
