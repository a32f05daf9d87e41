/** What clients and strangers may put on the wire, octet by octet, against a whole instance. */
import { randomBytes } from 'node:crypto'
import {
  encodeRadiusPacket,
  encodeRadiusText,
  hideUserPassword,
  parseRadiusPacket,
  type RadiusAttribute,
  RadiusCode,
  RadiusType,
  sealRadiusRequest,
} from '@driftlock/formats'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type RadiusInstance,
  SECRET,
  startRadiusInstance,
  type TokenHolder,
} from '../interop/testing/radius-instance.ts'
import { answers, platformDigests } from './access-request.ts'
import { exchangeUdp } from './exchange-udp.ts'
import { totp } from './totp.ts'

const secret = encodeRadiusText(SECRET)
const { AccessAccept, AccessReject, AccessChallenge, AccessRequest, StatusServer } = RadiusCode
let server: RadiusInstance
let names = 0
beforeAll(async () => {
  server = await startRadiusInstance()
  await server.setClient()
})
afterAll(() => server.close())

const newUser = (options = {}) => {
  names += 1
  return server.addHolder(`user-${names}`, options)
}
const passcode = ({ pin, seed }: TokenHolder) => pin + totp(seed)

const text = (type: number, value: string): RadiusAttribute => ({ type, value: encodeRadiusText(value) })
const octets = (type: number, ...value: readonly number[]): RadiusAttribute => ({ type, value: Uint8Array.from(value) })
const userName = (name: string) => text(RadiusType.UserName, name)

interface Draft {
  readonly code?: number
  readonly identifier?: number
  readonly authenticator?: Uint8Array
  readonly sealed?: boolean
}

/** A packet of these attributes; a password is hidden where `password` put its place. */
function packet(attributes: readonly RadiusAttribute[], draft: Draft = {}): Uint8Array {
  const { code = AccessRequest, identifier = 1, authenticator = randomBytes(16), sealed = true } = draft
  const digests = platformDigests
  const filled = attributes.map((attribute) => {
    if (attribute.type !== PLAIN) return attribute
    const value = hideUserPassword(attribute.value, { secret, authenticator, digests }) ?? new Uint8Array(0)
    return { type: RadiusType.UserPassword, value }
  })
  const parts = { code, identifier, authenticator, attributes: filled }
  const made = sealed ? sealRadiusRequest({ ...parts, secret, digests }) : encodeRadiusPacket(parts)
  if (made === undefined) throw new Error('The packet is too large.')
  return made
}

const PLAIN = -2
const password = (value: string | Uint8Array): RadiusAttribute => ({
  type: PLAIN,
  value: typeof value === 'string' ? encodeRadiusText(value) : value,
})

async function send(made: Uint8Array, waitMs = 3000): Promise<Buffer | undefined> {
  return (await exchangeUdp([made], { port: server.port, waitMs }))[0]
}

const QUIET_MS = 250

function attributesOf(answer: Buffer | undefined): readonly RadiusAttribute[] {
  const parsed = parseRadiusPacket(answer ?? new Uint8Array(0))
  if (!('packet' in parsed)) throw new Error('That is no answer.')
  return parsed.packet.attributes.map(({ type, value }) => ({ type, value: Uint8Array.from(value) }))
}

describe('a packet that is none, or none for this server', () => {
  const whole = () => packet([userName('ada'), password('4837123456')])
  it.each<[string, () => Uint8Array]>([
    ['is shorter than a header', () => whole().subarray(0, 19)],
    ['is shorter than its Length', () => whole().subarray(0, -1)],
    ['has a Length below 20', () => Uint8Array.from(whole(), (octet, at) => (at === 2 ? 0 : at === 3 ? 19 : octet))],
    ['has an attribute of length 0', () => withTail(0x1a, 0)],
    ['has an attribute of length 1', () => withTail(0x1a, 1)],
    ['has an attribute that runs over the end', () => withTail(0x1a, 9, 0, 0)],
    ['has half an attribute at its end', () => withTail(0x1a)],
    ['is an Access-Accept', () => packet([], { code: AccessAccept })],
    ['is an Accounting-Request', () => packet([userName('ada')], { code: 4 })],
    ['is of a code that nobody has', () => packet([userName('ada')], { code: 250 })],
    [
      'has a wrong Message-Authenticator',
      () => Uint8Array.from(whole(), (octet, at) => (at === 30 ? octet ^ 1 : octet)),
    ],
    ['has two', () => packet([octets(RadiusType.MessageAuthenticator, ...new Uint8Array(16)), userName('ada')])],
    ['is EAP without one', () => packet([userName('ada'), octets(79, 2, 1, 0, 4)], { sealed: false })],
    ['has Proxy-State without one, from no proxy', () => packet([password('x'), octets(33, 1)], { sealed: false })],
    ['is Status-Server without one', () => packet([], { code: StatusServer, sealed: false })],
    ['has two passwords', () => packet([userName('ada'), password('x'), password('x')])],
    ['has a CHAP-Password beside a password', () => packet([password('x'), octets(3, ...new Uint8Array(17))])],
    ['has an EAP-Message beside a password', () => packet([password('x'), octets(79, 2, 1, 0, 4)])],
    ['has two States', () => packet([userName('ada'), password('x'), octets(24, 1), octets(24, 1)])],
  ])('gets no answer when it %s', async (_, made) => {
    expect(await send(made(), QUIET_MS)).toBeUndefined()
  })

  /** Without Message-Authenticator, which would not fit the tail. */
  function withTail(...tail: readonly number[]): Uint8Array {
    const made = packet([userName('ada'), password('4837123456')], { sealed: false })
    const longer = Uint8Array.from([...made, ...tail])
    longer[3] = longer.length
    return longer
  }
})

describe('a request that cannot be a log-on', () => {
  it.each<[string, () => readonly RadiusAttribute[]]>([
    ['an empty password', () => [userName('ada'), password('')]],
    ['a password of octets that are no text', () => [userName('ada'), password(Uint8Array.of(0xff, 0xfe, 0x80))]],
    ['a password with NUL inside', () => [userName('ada'), password('1234\u00005678')]],
    ['a hidden password of 15 octets', () => [userName('ada'), octets(2, ...new Uint8Array(15))]],
    ['a hidden password of 144 octets', () => [userName('ada'), octets(2, ...new Uint8Array(144))]],
    ['no password at all', () => [userName('ada')]],
    ['a CHAP-Password', () => [userName('ada'), octets(3, ...new Uint8Array(17))]],
    ['no User-Name', () => [password('4837123456')]],
    ['an empty User-Name', () => [userName(''), password('4837123456')]],
    ['a User-Name that is no text', () => [octets(1, 0xc3, 0x28), password('4837123456')]],
    ['a name that nobody has', () => [userName('nobody'), password('4837123456')]],
    ['a name of 253 octets', () => [userName('n'.repeat(253)), password('4837123456')]],
    ['a password of 128 octets', () => [userName('nobody'), password('9'.repeat(128))]],
    ['a State that was not made here', () => [userName('nobody'), password('123456'), octets(24, 1, 2, 3)]],
    ['a State of 253 octets', () => [userName('nobody'), password('123456'), octets(24, ...new Uint8Array(253))]],
  ])('is rejected: %s', async (_, attributes) => {
    const made = packet(attributes())
    const answer = await send(made)
    expect(answer?.[0]).toBe(AccessReject)
    expect(answers(answer ?? Buffer.alloc(0), made, secret)).toBe(true)
    expect(attributesOf(answer)[0]?.type).toBe(RadiusType.MessageAuthenticator)
  })

  it('is answered with EAP-Failure where it is EAP, without Reply-Message', async () => {
    const answer = await send(packet([userName('ada'), octets(79, 2, 9, 0, 8, 1, 97, 100, 97)]))
    expect(answer?.[0]).toBe(AccessReject)
    expect(attributesOf(answer).slice(1)).toEqual([octets(79, 4, 9, 0, 4)])
  })
})

describe('a log-on', () => {
  it.each<[string, (user: TokenHolder) => readonly RadiusAttribute[]]>([
    ['with attributes that nobody knows', (user) => [octets(250, 1, 2), userName(user.username), octets(26, 0, 0, 0)]],
    ['with a vendor attribute that is no vendor attribute', (user) => [userName(user.username), octets(26, 255)]],
    ['with an empty attribute', (user) => [userName(user.username), octets(87)]],
    ['with NAS addresses of odd sizes', (user) => [userName(user.username), octets(4, 1), octets(95, 1, 2, 3)]],
    ['under a name in other letters', (user) => [userName(user.username.toUpperCase())]],
  ])('is accepted %s', async (_, attributes) => {
    const user = await newUser()
    expect((await send(packet([...attributes(user), password(passcode(user))])))?.[0]).toBe(AccessAccept)
  })

  it('is accepted under a name of any letters, however it is composed', async () => {
    const user = await server.addHolder('Jürgen.Müßig')
    expect((await send(packet([userName('jürgen.müßig'.normalize('NFD')), password(passcode(user))])))?.[0]).toBe(
      AccessAccept,
    )
  })

  it('is accepted with padding behind its Length, and without Message-Authenticator where none is demanded', async () => {
    const user = await newUser()
    const made = packet([userName(user.username), password(passcode(user))], { sealed: false })
    const answer = await send(Uint8Array.from([...made, 1, 2, 3]))
    expect(answer?.[0]).toBe(AccessAccept)
    expect(answers(answer ?? Buffer.alloc(0), made, secret)).toBe(true)
    expect(attributesOf(answer)[0]?.type).toBe(RadiusType.MessageAuthenticator)
  })

  it('has every Proxy-State back, unchanged and in order, whatever the answer', async () => {
    const states = [octets(33, 1), octets(33), octets(33, ...new Uint8Array(253).fill(7)), octets(33, 1)]
    const spread = (user: TokenHolder, entry: string) =>
      packet([
        states[0],
        userName(user.username),
        states[1],
        states[2],
        password(entry),
        states[3],
      ] as RadiusAttribute[]) // all there
    const good = await newUser()
    const asked = await newUser({ pin: '' })
    for (const [user, entry, code] of [
      [good, passcode(good), AccessAccept],
      [good, '0000000000', AccessReject],
      [asked, passcode(asked), AccessChallenge],
    ] as const) {
      const answer = await send(spread(user, entry))
      expect(answer?.[0]).toBe(code)
      expect(attributesOf(answer).filter(({ type }) => type === RadiusType.ProxyState)).toEqual(states)
    }
  })
})

describe('one identifier of one port', () => {
  it('is another request under another authenticator, and the same answer for the same octets', async () => {
    const [ada, bob] = [await newUser(), await newUser()]
    const of = (user: TokenHolder, entry: string) =>
      packet([userName(user.username), password(entry)], { identifier: 77 })
    const first = of(ada, passcode(ada))
    const second = of(bob, '0000000000')
    const third = of(bob, passcode(bob))
    const all = await exchangeUdp([first, first, second, second, third, third], { port: server.port })
    expect(all.map((answer) => answer?.[0])).toEqual([2, 2, 3, 3, 2, 2])
    expect(all[1]).toEqual(all[0])
    expect(all[3]).toEqual(all[2])
    expect(all[5]).toEqual(all[4])
    expect(await server.reasons(ada.username)).toEqual(['passcode-accepted'])
    expect(await server.reasons(bob.username)).toHaveLength(2)
  })

  it('keeps its answer when a forged packet comes under it', async () => {
    const ada = await newUser()
    const genuine = packet([userName(ada.username), password(passcode(ada))], { identifier: 78 })
    const forged = Uint8Array.from(genuine, (octet, at) => (at === 5 ? octet ^ 1 : octet))
    const [answer] = await exchangeUdp([genuine], { port: server.port })
    expect(answer?.[0]).toBe(AccessAccept)
    expect(await send(forged, QUIET_MS)).toBeUndefined()
    const [again] = await exchangeUdp([genuine], { port: server.port })
    expect(again).toEqual(answer) // through the memory of the process: the port is another one
    expect(await server.reasons(ada.username)).toEqual(['passcode-accepted'])
  })
})

it('answers Status-Server with an Access-Accept that holds nothing but Message-Authenticator and Proxy-State', async () => {
  const made = packet([octets(33, 5), octets(32, 97)], { code: StatusServer, identifier: 0 })
  const answer = await send(made)
  expect(answer?.[0]).toBe(AccessAccept)
  expect(answers(answer ?? Buffer.alloc(0), made, secret)).toBe(true)
  expect(attributesOf(answer).map(({ type }) => type)).toEqual([RadiusType.MessageAuthenticator, RadiusType.ProxyState])
})
