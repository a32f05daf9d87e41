import { readdirSync } from 'node:fs'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { AgentClient, type AgentStep } from '@driftlock/agent-client'
import { codeSource, mixPin, step, stepAt, unixMs } from '@driftlock/domain'
import { type DemoToken, type DemoUser, type RunningDemo, startDemo } from '@driftlock/driftlock'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

let demo: RunningDemo
let client: AgentClient

beforeAll(async () => {
  demo = await startDemo({ port: 0, radiusPort: 0, users: 30, logLevel: 'warn' })
  const { agent, urls } = demo.report
  client = new AgentClient({ ...agent, urls: [urls.agentApi] })
})
afterAll(() => demo.stop(2000))

/** What somebody would type who reads the token as the report describes it. */
function passcodeOf(token: DemoToken): string {
  const timed = { kind: token.kind, intervalSeconds: token.intervalSeconds, t0Seconds: 0 }
  const algorithm = token.algorithm as 'sha1' | 'sha256' | 'sha512' | 'aes-128' // as the demo writes it
  const source = codeSource(
    { ...timed, serial: token.serial, digits: token.digits, algorithm },
    Buffer.from(token.seedHex, 'hex'),
  )
  const now = unixMs(Date.now() + token.clockOffsetSeconds * 1000)
  const code = source.code(token.kind === 'hotp' ? step(BigInt(token.counter)) : stepAt(timed, now))
  return token.style === 'fob'
    ? `${token.pin}${code}`
    : token.style === 'pinpad' && token.pin !== ''
      ? mixPin(code, token.pin)
      : code
}

async function logOn({ username }: DemoUser, token: DemoToken): Promise<string> {
  const { step: reached } = await client.begin(username, { passcode: passcodeOf(token) })
  return inWords(reached)
}

function inWords(reached: AgentStep): string {
  return reached.state === 'question' ? `asks ${reached.question.kind}` : reached.state
}

/** The server clock may pass into the next interval between code and judgement: the windows allow for it. */
const EXPECTED: Readonly<Record<DemoUser['state'], readonly string[]>> = {
  normal: ['accepted'],
  drifted: ['asks next-tokencode', 'denied'],
  locked: ['denied'],
  expired: ['denied'],
  lost: ['denied'],
  'next-tokencode': ['asks next-tokencode'],
  'new-pin': ['asks new-pin', 'asks system-pin'],
}

/** Asks under another name, as a page would whose own name was made to point here. */
function statusUnderName(url: URL, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { host } }, (response) => resolve(response.resume().statusCode)).once('error', reject)
  })
}

describe('the demo', () => {
  it('has 25 people in every state with tokens of every kind, and as many more as asked', () => {
    const { users, administrators } = demo.report
    expect(users).toHaveLength(25 + 30)
    expect(new Set(users.map(({ state }) => state))).toEqual(new Set(Object.keys(EXPECTED)))
    const tokens = users.flatMap((user) => user.tokens)
    const kinds = new Set(
      tokens.map(({ kind, algorithm, intervalSeconds }) => `${kind} ${algorithm} ${intervalSeconds}`),
    )
    expect([...kinds].toSorted()).toEqual([
      'hotp sha1 0',
      'securid aes-128 30',
      'securid aes-128 60',
      'totp sha1 30',
      'totp sha256 30',
      'totp sha512 30',
    ])
    expect(new Set(tokens.map(({ style }) => style))).toEqual(new Set(['fob', 'pinpad', 'tokencode-only']))
    for (const { username, serial, pin } of administrators) {
      expect(users.find((user) => user.username === username)?.tokens[0]).toMatchObject({ serial, pin })
    }
  })

  it('finds every user in the state that the report says', async () => {
    for (const user of demo.report.users) {
      for (const token of user.tokens) {
        expect({ user: user.username, was: await logOn(user, token) }).toEqual({
          user: user.username,
          was: expect.toBeOneOf([...EXPECTED[user.state]]),
        })
      }
    }
  })

  it('shows its pages without leaving room for a script of others', async () => {
    const { urls } = demo.report
    const home = await fetch(urls.home)
    expect(await home.text()).toContain('Things to try')
    expect(home.headers.get('content-security-policy')).toContain("script-src 'self'")
    const elsewhere = await statusUnderName(new URL('/virtual-tokens/tokens.json', urls.home), 'evil.example')
    expect(elsewhere).toBe(404)
  })

  it('leaves nothing when it stops', async () => {
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('driftlock-demo-'))
    const short = await startDemo({ port: 0, radiusPort: 0, users: 0, logLevel: 'warn' })
    await short.stop(2000)
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('driftlock-demo-'))).toEqual(before)
  })
})
