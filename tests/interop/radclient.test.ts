import { spawn } from 'node:child_process'
import { encodeRadiusText } from '@driftlock/formats'
import { type RadiusAnswer, type RadiusBound, type RadiusLogin, RadiusServer } from '@driftlock/radius'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

const secret = 'radclient-test-secret'
const logins: RadiusLogin[] = []
let isHealthy = true
let bound: RadiusBound
let server: RadiusServer

function judge(login: RadiusLogin): RadiusAnswer {
  if (login.state !== undefined) {
    const isNext = Buffer.from(login.state).toString() === 'asked for next' && login.password === '654321'
    return isNext ? { code: 'accept', replyAttributes: [] } : { code: 'reject', message: 'Access denied.' }
  }
  if (login.password === '1234567890') return { code: 'accept', replyAttributes: [] }
  if (login.password !== 'next') return { code: 'reject', message: 'Access denied.' }
  const state = encodeRadiusText('asked for next')
  return { code: 'challenge', message: 'Next: ', state, echo: false, sessionTimeoutSeconds: 90 }
}

beforeAll(async () => {
  const authentication = {
    async authenticate(login: RadiusLogin): Promise<RadiusAnswer> {
      logins.push(login)
      return judge(login)
    },
  }
  server = new RadiusServer({ authentication, isHealthy: () => isHealthy })
  server.setClients([
    {
      id: 'radclient',
      name: 'radclient',
      addresses: ['127.0.0.0/8', '::1'],
      secret: encodeRadiusText(secret),
      requireMessageAuthenticator: 'auto',
      isProxy: false,
      stripRealm: false,
      language: 'en',
      prompts: {},
      translations: {},
      supportsChallenge: true,
      rejectDetail: 'denied',
      replyAttributes: [],
      groups: [],
    },
  ])
  const ports = [
    { address: '127.0.0.1', port: 0 },
    { address: '::1', port: 0 },
  ]
  bound = await server.listen({ udp: ports, tcp: ports.slice(0, 1) })
})
afterAll(() => server.close())
beforeEach(() => {
  logins.length = 0
})

type Kind = 'auth' | 'status'

/** What radclient prints for one or more requests, given as its attribute lists. */
function radclient(attributes: string, kind: Kind, ...flags: readonly string[]): Promise<string> {
  const target = flags.includes('tcp') ? `127.0.0.1:${bound.tcp[0]?.port}` : `127.0.0.1:${bound.udp[0]?.port}`
  const where = flags.includes('-6') ? `[::1]:${bound.udp[1]?.port}` : target
  return new Promise((resolve, reject) => {
    const child = spawn('radclient', ['-x', '-t', '1', '-r', '1', ...flags, where, kind, secret])
    let output = ''
    child.stdout.on('data', (chunk) => {
      output += String(chunk)
    })
    child.stderr.on('data', (chunk) => {
      output += String(chunk)
    })
    child.on('error', reject)
    child.on('close', () => resolve(output))
    child.stdin.end(attributes)
  })
}

const good = 'User-Name = "ada", User-Password = "1234567890", Message-Authenticator = 0x00\n'

describe.each([
  ['UDP on IPv4', []],
  ['UDP on IPv6', ['-6']],
  ['TCP', ['-P', 'tcp']],
])('radclient over %s', (_, flags) => {
  it('is accepted with a good passcode', async () => {
    expect(await radclient(good, 'auth', ...flags)).toContain('Received Access-Accept')
    expect(logins).toMatchObject([{ username: 'ada', password: '1234567890' }])
  })

  it('is rejected with a bad one, and shows the text', async () => {
    const output = await radclient(good.replace('1234567890', 'wrong'), 'auth', ...flags)
    expect(output).toContain('Received Access-Reject')
    expect(output).toContain('Reply-Message = "Access denied."')
  })

  it('is challenged, and accepted with the State it was given', async () => {
    const challenge = await radclient(good.replace('1234567890', 'next'), 'auth', ...flags)
    expect(challenge).toContain('Received Access-Challenge')
    expect(challenge).toContain('Reply-Message = "Next: "')
    expect(challenge).toContain('Prompt = No-Echo')
    expect(challenge).toContain('Session-Timeout = 90')
    const state = /State = (0x[0-9a-f]+)/.exec(challenge.slice(challenge.indexOf('Received')))?.[1]
    const answer = `User-Name = "ada", User-Password = "654321", State = ${state}, Message-Authenticator = 0x00\n`
    expect(await radclient(answer, 'auth', ...flags)).toContain('Received Access-Accept')
  })

  it('gets its status answered while the server is healthy, and silence when it is not', async () => {
    isHealthy = true
    expect(await radclient('Message-Authenticator = 0x00\n', 'status', ...flags)).toContain('Received Access-Accept')
    isHealthy = false
    expect(await radclient('Message-Authenticator = 0x00\n', 'status', ...flags)).not.toContain('Received')
    isHealthy = true
  })
})

it('gets Proxy-State back unchanged and in order', async () => {
  const output = await radclient(`${good.trim()}, Proxy-State = 0x0102, Proxy-State = 0x00ff00\n`, 'auth')
  expect(output.slice(output.indexOf('Received'))).toMatch(/Proxy-State = 0x0102\s+Proxy-State = 0x00ff00/)
})

it('has 32 logins at once under different identifiers evaluated 32 times', async () => {
  const output = await radclient(`${good}\n`.repeat(32), 'auth', '-p', '32')
  expect(output.split('Received Access-Accept').length - 1).toBe(32)
  expect(logins.length).toBe(32)
  expect(new Set(logins.map(({ requestKey }) => requestKey)).size).toBe(32)
})
