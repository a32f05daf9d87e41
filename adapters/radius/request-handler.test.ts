import { checkRadiusAnswer, encodeRadiusText, RadiusCode, RadiusType } from '@driftlock/formats'
import { describe, expect, it } from 'vitest'
import { ClientTable } from './client-table.ts'
import { nodeDigests } from './node-digests.ts'
import type { RadiusAnswer, RadiusClient, RadiusDropReason, RadiusEvent } from './ports.ts'
import { ReplyCache } from './reply-cache.ts'
import { type HandlerPorts, handlePacket } from './request-handler.ts'
import { StatusRate } from './status-rate.ts'
import { accept, FakeAuthentication, packetOf, requestOctets, testClient, testSecret } from './testing/fake-radius.ts'
import { SecretSuspicion } from './wrong-secret.ts'

interface Setting {
  readonly client?: Partial<RadiusClient>
  readonly answer?: RadiusAnswer
  readonly isHealthy?: boolean
}

function setting({ client, answer = accept, isHealthy = true }: Setting = {}) {
  const clients = new ClientTable()
  clients.setClients([testClient(client)])
  const authentication = new FakeAuthentication(() => answer)
  const events: RadiusEvent[] = []
  const ports: HandlerPorts = {
    authentication,
    isHealthy: () => isHealthy,
    nowMs: () => 0,
    emit: (event) => events.push(event),
    suspicion: new SecretSuspicion(),
    statusRate: new StatusRate(3),
  }
  const cache = new ReplyCache({ lifetimeMs: 15_000, maxReplies: 100, maxInFlight: 100 })
  const replies: Uint8Array[] = []
  async function send(octets: Uint8Array, address = '192.0.2.1'): Promise<RadiusDropReason | undefined> {
    const entry = clients.find(address)
    if (entry === undefined) throw new Error('no client at this address')
    const reply = (answerOctets: Uint8Array) => replies.push(answerOctets)
    const dropped = handlePacket(ports, { entry, address, port: 1000, cache, reply }, octets)
    await new Promise((resolve) => setImmediate(resolve))
    return dropped
  }
  return { send, replies, events, authentication, ports }
}

const proxyState = { type: RadiusType.ProxyState, value: Uint8Array.of(1, 2, 3) }
/** Longer than User-Password can carry: the request has none. */
const noPassword = new Uint8Array(129)
const hidden = (octets: number) => ({ type: RadiusType.UserPassword, value: new Uint8Array(octets) })
const eapIdentity = { type: RadiusType.EapMessage, value: Uint8Array.of(2, 7, 0, 8, 1, 97, 100, 97) }

describe('answers', () => {
  it.each<[string, RadiusAnswer, number, number[]]>([
    ['accept', { code: 'accept', replyAttributes: [{ type: 25, value: Uint8Array.of(9) }] }, 2, [80, 25, 11, 33]],
    ['reject with a text', { code: 'reject', message: 'Access denied.' }, 3, [80, 18, 33]],
    ['reject without a text', { code: 'reject' }, 3, [80, 33]],
    [
      'challenge',
      { code: 'challenge', message: 'Next: ', state: Uint8Array.of(7), echo: false, sessionTimeoutSeconds: 30 },
      11,
      [80, 18, 24, 76, 27, 33],
    ],
  ])(
    '%s carries Message-Authenticator first, its attributes, Proxy-State last, and verifies',
    async (_, answer, code, types) => {
      const filter = { type: 11, value: encodeRadiusText('staff') }
      const { send, replies } = setting({ answer, client: { replyAttributes: [filter] } })
      const request = requestOctets({ extra: [proxyState] })
      await send(request)
      const [octets] = replies
      const packet = packetOf(octets)
      expect(packet.code).toBe(code)
      expect(packet.attributes.map(({ type }) => type)).toEqual(types)
      const requestAuthenticator = request.subarray(4, 20)
      const check = {
        packet,
        octets: octets ?? request,
        requestAuthenticator,
        secret: testSecret,
        digests: nodeDigests,
      }
      expect(checkRadiusAnswer(check)).toEqual({ responseAuthenticator: 'valid', messageAuthenticator: 'valid' })
    },
  )

  it('gives the user at least 90 seconds, one message of at most 253 octets, and Prompt No-Echo', async () => {
    const message = 'ü'.repeat(200)
    const challenge = { code: 'challenge', message, state: Uint8Array.of(7), echo: false } as const
    const { send, replies } = setting({ answer: { ...challenge, sessionTimeoutSeconds: 5 } })
    await send(requestOctets())
    const values = new Map(packetOf(replies[0]).attributes.map(({ type, value }) => [type, value]))
    expect(values.get(RadiusType.ReplyMessage)?.length).toBe(252)
    expect(values.get(RadiusType.SessionTimeout)).toEqual(Uint8Array.of(0, 0, 0, 90))
    expect(values.get(RadiusType.Prompt)).toEqual(Uint8Array.of(0, 0, 0, 0))
  })

  it('hands the application name, password, State and where the request came from', async () => {
    const { send, authentication } = setting({ client: { stripRealm: true } })
    const extra = [
      { type: RadiusType.State, value: Uint8Array.of(1, 2) },
      { type: RadiusType.NasIdentifier, value: encodeRadiusText('gate-1') },
      { type: RadiusType.NasIpAddress, value: Uint8Array.of(10, 0, 0, 1) },
      { type: RadiusType.CallingStationId, value: encodeRadiusText('203.0.113.9') },
    ]
    await send(requestOctets({ username: 'CORP\\ada@example.com', password: 'pässwörd of more than 16 octets', extra }))
    expect(authentication.logins[0]).toMatchObject({
      username: 'ada',
      presentedUsername: 'CORP\\ada@example.com',
      password: 'pässwörd of more than 16 octets',
      state: Uint8Array.of(1, 2),
      sourceAddress: '192.0.2.1',
      nasIdentifier: 'gate-1',
      nasAddress: '10.0.0.1',
      callingStationId: '203.0.113.9',
    })
  })

  it('stays silent and forgets the request when the application says so or fails, so that a retry is judged', async () => {
    const failing = setting({ answer: { code: 'silence' } })
    const request = requestOctets()
    await failing.send(request)
    await failing.send(request)
    expect(failing.replies).toEqual([])
    expect(failing.authentication.logins.length).toBe(2)
  })
})

describe('duplicates', () => {
  it('answers the same packet 32 times with the same octets after one evaluation', async () => {
    const { send, replies, authentication } = setting()
    const request = requestOctets()
    for (let i = 0; i < 32; i += 1) await send(Uint8Array.from(request))
    expect(authentication.logins.length).toBe(1)
    expect(replies.length).toBe(32)
    expect(new Set(replies.map((octets) => Buffer.from(octets).toString('hex'))).size).toBe(1)
  })

  it('evaluates the same login under 32 identifiers 32 times, each with its own request key', async () => {
    const { send, authentication } = setting()
    const authenticator = new Uint8Array(16)
    for (let identifier = 0; identifier < 32; identifier += 1) await send(requestOctets({ identifier, authenticator }))
    expect(new Set(authentication.logins.map(({ requestKey }) => requestKey)).size).toBe(32)
  })

  it('gives copies of a request the same key in two instances, and another password another key', async () => {
    const authenticator = new Uint8Array(16)
    const one = setting()
    const two = setting()
    await one.send(requestOctets({ authenticator }))
    await two.send(requestOctets({ authenticator, isSealed: false }))
    await two.send(requestOctets({ authenticator, password: '1234567891' }))
    const keys = [...one.authentication.logins, ...two.authentication.logins].map(({ requestKey }) => requestKey)
    expect(keys[0]).toBe(keys[1])
    expect(keys[2]).not.toBe(keys[0])
  })

  it('does not let a packet with an invalid Message-Authenticator purge an answer', async () => {
    const { send, replies, authentication } = setting()
    const request = requestOctets()
    await send(request)
    const forged = requestOctets()
    forged[25] = (forged[25] ?? 0) ^ 1
    expect(await send(forged)).toBe('message-authenticator-invalid')
    await send(request)
    expect(authentication.logins.length).toBe(1)
    expect(replies.length).toBe(2)
  })
})

describe('packets that get no answer', () => {
  it.each<[string, RadiusDropReason, Uint8Array, Partial<RadiusClient>?]>([
    ['no packet', 'malformed-packet', new Uint8Array(19)],
    ['an Access-Accept', 'unexpected-code', requestOctets({ code: RadiusCode.AccessAccept })],
    ['an Accounting-Request', 'unexpected-code', requestOctets({ code: RadiusCode.AccountingRequest })],
    ['another secret', 'message-authenticator-invalid', requestOctets({ secret: encodeRadiusText('other') })],
    [
      'EAP without Message-Authenticator',
      'message-authenticator-missing',
      requestOctets({ isSealed: false, extra: [eapIdentity] }),
    ],
    [
      'no Message-Authenticator where it is required',
      'message-authenticator-missing',
      requestOctets({ isSealed: false }),
      { requireMessageAuthenticator: 'yes' },
    ],
    [
      'Proxy-State alone (Blast-RADIUS)',
      'proxy-state-from-non-proxy',
      requestOctets({ isSealed: false, extra: [proxyState] }),
    ],
    ['two passwords', 'attributes-contradict', requestOctets({ extra: [{ type: 2, value: new Uint8Array(16) }] })],
    [
      'User-Password and CHAP-Password',
      'attributes-contradict',
      requestOctets({ extra: [{ type: 3, value: new Uint8Array(17) }] }),
    ],
    ['User-Password and EAP', 'attributes-contradict', requestOctets({ extra: [eapIdentity] })],
    [
      'a Status-Server without Message-Authenticator',
      'message-authenticator-missing',
      requestOctets({ code: 12, isSealed: false }),
    ],
  ])('%s: %s', async (_, reason, octets, client = {}) => {
    const { send, replies, authentication, events } = setting({ client })
    expect(await send(octets)).toBe(reason)
    expect(replies).toEqual([])
    expect(authentication.logins).toEqual([])
    expect(events).toContainEqual({ kind: 'dropped', reason, address: '192.0.2.1', clientId: 'vpn' })
  })

  it('takes Proxy-State without Message-Authenticator from a proxy', async () => {
    const { send, replies } = setting({ client: { isProxy: true } })
    await send(requestOctets({ isSealed: false, extra: [proxyState] }))
    expect(replies.length).toBe(1)
  })
})

describe('an auto client', () => {
  it('may leave Message-Authenticator out until its first valid one, which is reported once', async () => {
    const { send, replies, events } = setting({ client: { requireMessageAuthenticator: 'auto' } })
    await send(requestOctets({ isSealed: false, identifier: 1 }))
    await send(requestOctets({ identifier: 2, extra: [eapIdentity], password: noPassword }))
    await send(requestOctets({ isSealed: false, identifier: 3 }))
    expect(replies.length).toBe(3)
    await send(requestOctets({ identifier: 4 }))
    await send(requestOctets({ identifier: 5 }))
    expect(await send(requestOctets({ isSealed: false, identifier: 6 }))).toBe('message-authenticator-missing')
    expect(events.filter(({ kind }) => kind === 'message-authenticator-seen')).toEqual([
      { kind: 'message-authenticator-seen', clientId: 'vpn' },
    ])
  })
})

describe('Status-Server', () => {
  const status = (identifier: number) => requestOctets({ code: RadiusCode.StatusServer, identifier })

  it('is accepted while the instance can judge logins, at a limited rate', async () => {
    const { send, replies } = setting()
    for (let i = 0; i < 3; i += 1) await send(status(i))
    expect(await send(status(4))).toBe('status-rate')
    expect(replies.map((octets) => octets[0])).toEqual([2, 2, 2])
  })

  it('gets silence while it cannot', async () => {
    const { send, replies } = setting({ isHealthy: false })
    expect(await send(status(1))).toBe('unhealthy')
    expect(replies).toEqual([])
  })
})

describe('what is rejected without asking the application', () => {
  it.each([
    ['garbage-password', requestOctets({ password: Uint8Array.of(0xff, 0x12, 0x80) })],
    ['garbage-password', requestOctets({ password: Uint8Array.of(0x31, 0, 0x32) })],
    ['empty-password', requestOctets({ password: '' })],
    ['user-name-not-text', requestOctets({ username: 'a\u0007' })],
    ['no-user-name', requestOctets({ username: '' })],
    ['not-pap', requestOctets({ extra: [eapIdentity], password: noPassword })],
    ['not-pap', requestOctets({ extra: [{ type: 3, value: new Uint8Array(17) }], password: noPassword })],
    ['not-pap', requestOctets({ password: noPassword })],
    ['password-size', requestOctets({ extra: [hidden(0)], password: noPassword })],
    ['password-size', requestOctets({ extra: [hidden(15)], password: noPassword })],
    ['password-size', requestOctets({ extra: [hidden(17)], password: noPassword })],
    ['password-size', requestOctets({ extra: [hidden(144)], password: noPassword })],
  ])('%s', async (reason, octets) => {
    const { send, replies, authentication, events } = setting()
    await send(octets)
    expect(replies.map((answer) => answer[0])).toEqual([RadiusCode.AccessReject])
    expect(authentication.logins).toEqual([])
    expect(events).toEqual([{ kind: 'not-evaluated', reason, clientId: 'vpn', address: '192.0.2.1' }])
  })

  it('answers EAP with EAP-Failure and no Reply-Message', async () => {
    const { send, replies } = setting()
    await send(requestOctets({ extra: [eapIdentity], password: noPassword }))
    expect(packetOf(replies[0]).attributes.slice(1)).toEqual([{ type: 79, value: Uint8Array.of(4, 7, 0, 4) }])
  })
})

describe('a wrong shared secret', () => {
  const wrong = (identifier: number, isSealed = false) =>
    requestOctets({ secret: encodeRadiusText('not the same secret'), identifier, isSealed })

  it('is suspected after three garbage passwords in a row, reported with every third, and no user fails by it', async () => {
    const { send, events, authentication, ports } = setting()
    const reports = () => events.filter(({ kind }) => kind === 'wrong-secret-suspected').length
    for (let i = 0; i < 5; i += 1) await send(wrong(i))
    expect(authentication.logins).toEqual([])
    expect(ports.suspicion.sources('vpn')).toEqual(['192.0.2.1'])
    expect(reports()).toBe(1)
    await send(wrong(5))
    expect(reports()).toBe(2)
  })

  it('is suspected after three invalid Message-Authenticators', async () => {
    const { send, ports } = setting()
    for (let i = 0; i < 3; i += 1) await send(wrong(i, true))
    expect(ports.suspicion.sources('vpn')).toEqual(['192.0.2.1'])
  })

  it('is not suspected of retransmissions, of a source with readable passwords, or under a valid authenticator', async () => {
    const { send, ports } = setting()
    const once = wrong(1)
    for (let i = 0; i < 5; i += 1) await send(once)
    await send(wrong(2))
    await send(requestOctets({ identifier: 3 }))
    await send(wrong(4))
    for (let i = 5; i < 9; i += 1) await send(requestOctets({ identifier: i, password: Uint8Array.of(0xff) }))
    expect(ports.suspicion.sources('vpn')).toEqual([])
  })

  it('is suspected for one device of a network while another is well', async () => {
    const { send, ports } = setting()
    for (let i = 0; i < 4; i += 1) {
      await send(wrong(i), '192.0.2.7')
      await send(requestOctets({ identifier: i }), '192.0.2.8')
    }
    expect(ports.suspicion.sources('vpn')).toEqual(['192.0.2.7'])
  })
})
