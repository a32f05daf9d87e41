import dgram from 'node:dgram'
import { setTimeout as sleep } from 'node:timers/promises'
import { encodeRadiusText, firstRadiusValue, parseRadiusPacket, RadiusCode, RadiusType } from '@driftlock/formats'
import { type ScratchPostgresql, startScratchPostgresql } from '@driftlock/sql/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { accessRequest, answers } from '../radius/access-request.ts'
import { type RadiusInstance, SECRET, startRadiusInstance } from './testing/radius-instance.ts'
import { oathtoolCode } from './testing/token-programs.ts'

const secret = encodeRadiusText(SECRET)

/** Sends packets from one new port to one server port each; what came back within the time, in order. */
async function sendAll(packets: readonly Uint8Array[], port: number, waitMs = 1500): Promise<readonly Buffer[]> {
  const socket = dgram.createSocket('udp4')
  const received: Buffer[] = []
  socket.on('message', (octets) => received.push(octets))
  for (const packet of packets) socket.send(packet, port, '127.0.0.1')
  const startMs = performance.now()
  while (received.length < packets.length && performance.now() - startMs < waitMs) await sleep(10)
  socket.close()
  return received
}

const codesOf = (packets: readonly Buffer[]) => packets.map((answer) => answer[0])
const accepts = (codes: readonly (number | undefined)[]) => codes.filter((code) => code === RadiusCode.AccessAccept)

function suite(ports: () => readonly [number, number], server: () => RadiusInstance): void {
  it('accepts one of 32 uses of one code at once, from different ports and under different identifiers', async () => {
    const user = await server().addHolder('ada')
    const password = user.pin + oathtoolCode(user)
    const sent = Array.from({ length: 32 }, (_, identifier) => {
      const packet = accessRequest({ secret, identifier, username: 'ada', password })
      return sendAll([packet], ports()[identifier % 2] ?? 0, 10_000)
    })
    const codes = codesOf((await Promise.all(sent)).flat())
    expect(codes).toHaveLength(32)
    expect(accepts(codes)).toHaveLength(1)
    const reasons = await server().reasons('ada')
    expect(reasons.filter((reason) => reason === 'passcode-accepted')).toHaveLength(1)
  })

  it('answers 32 copies of one packet with 32 equal answers after one evaluation, to a client that repeats what was dropped', async () => {
    const user = await server().addHolder('bob')
    const packet = accessRequest({
      secret,
      identifier: 7,
      username: 'bob',
      password: user.pin + oathtoolCode(user),
    })
    const socket = dgram.createSocket('udp4')
    const received: Buffer[] = []
    socket.on('message', (octets) => received.push(octets))
    const send = (copies: number) => {
      for (let copy = 0; copy < copies; copy += 1) socket.send(packet, ports()[0], '127.0.0.1')
    }
    // RFC 5080 §2.2.2: copies that come before the answer must be dropped in silence; those after it are answered.
    send(32)
    await expect.poll(() => received.length).toBeGreaterThan(0)
    send(32 - received.length)
    await expect.poll(() => received.length).toBeGreaterThanOrEqual(32)
    socket.close()
    expect(new Set(received.map((answer) => answer.toString('hex'))).size).toBe(1)
    expect(received.every((answer) => answer[0] === RadiusCode.AccessAccept && answers(answer, packet, secret))).toBe(
      true,
    )
    expect(await server().reasons('bob')).toEqual(['passcode-accepted'])
  })

  it('gives copies through other ports and instances the answer of the first, also while it is being judged', async () => {
    const user = await server().addHolder('cleo', { badTokencodeCount: 3 })
    const packet = accessRequest({
      secret,
      identifier: 9,
      username: 'cleo',
      password: user.pin + oathtoolCode(user),
    })
    const sent = Array.from({ length: 32 }, (_, place) => sendAll([packet], ports()[place % 2] ?? 0, 4000))
    const received = (await Promise.all(sent)).flat()
    expect(received).toHaveLength(32)
    // The same State to all: a dialogue that began here may go on there.
    expect(new Set(received.map((answer) => answer.toString('hex'))).size).toBe(1)
    expect(codesOf(received)[0]).toBe(RadiusCode.AccessChallenge)
    expect(await server().reasons('cleo')).toEqual(['next-tokencode-after-bad-codes'])
  })
}

describe('one instance on SQLite', () => {
  let server: RadiusInstance
  beforeAll(async () => {
    server = await startRadiusInstance()
    await server.setClient()
  })
  afterAll(() => server.close())
  suite(
    () => [server.port, server.port],
    () => server,
  )
})

describe('two instances on PostgreSQL', () => {
  let postgresql: ScratchPostgresql
  let first: RadiusInstance
  let second: RadiusInstance
  beforeAll(async () => {
    postgresql = await startScratchPostgresql()
    first = await startRadiusInstance({ database: await postgresql.createDatabase() })
    await first.setClient()
    second = await startRadiusInstance({ besides: first.instance, name: 'am2' })
  })
  afterAll(async () => {
    await second.close()
    await first.close()
    await postgresql.stop()
  })
  suite(
    () => [first.port, second.port],
    () => first,
  )

  it('answers a repetition at the second instance after the first has answered, without a second evaluation', async () => {
    const user = await first.addHolder('dan')
    const packet = accessRequest({ secret, identifier: 3, username: 'dan', password: user.pin + oathtoolCode(user) })
    const [here] = await sendAll([packet], first.port)
    const [there] = await sendAll([packet], second.port)
    expect(here?.[0]).toBe(RadiusCode.AccessAccept)
    expect(there?.toString('hex')).toBe(here?.toString('hex'))
    expect(await first.reasons('dan')).toEqual(['passcode-accepted'])
  })

  it('goes on with a dialogue that another instance began', async () => {
    const user = await first.addHolder('eve', { badTokencodeCount: 3 })
    const password = user.pin + oathtoolCode(user)
    const [challenge] = await sendAll([accessRequest({ secret, identifier: 1, username: 'eve', password })], first.port)
    expect(challenge?.[0]).toBe(RadiusCode.AccessChallenge)
    const state = stateOf(challenge)
    const next = { secret, identifier: 2, username: 'eve', password: oathtoolCode(user, 1), state }
    expect(codesOf(await sendAll([accessRequest(next)], second.port))).toEqual([RadiusCode.AccessAccept])
  })

  it('hears of a changed client within two seconds of another instance changing it', async () => {
    await first.setClient({}, 'another-shared-secret')
    const fresh = encodeRadiusText('another-shared-secret')
    const status = async () => {
      const packet = accessRequest({ secret: fresh, identifier: 5, username: 'nobody', password: '123456' })
      return codesOf(await sendAll([packet], second.port, 300))
    }
    await expect.poll(status, { timeout: 3000 }).toEqual([RadiusCode.AccessReject])
    await first.setClient()
  })
})

function stateOf(answer: Buffer | undefined): Uint8Array {
  const parsed = parseRadiusPacket(answer ?? new Uint8Array(0))
  const state = 'packet' in parsed ? firstRadiusValue(parsed.packet, RadiusType.State) : undefined
  if (state === undefined) throw new Error('The answer has no State.')
  return state
}
