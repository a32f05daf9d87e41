import { encodeRadiusPacket, encodeRadiusText, parseRadiusPacket, RadiusCode, RadiusType } from '@driftlock/formats'
import { ClientTable } from '../../adapters/radius/client-table.ts'
import type { RadiusAnswer } from '../../adapters/radius/ports.ts'
import { ReplyCache } from '../../adapters/radius/reply-cache.ts'
import { type HandlerPorts, handlePacket } from '../../adapters/radius/request-handler.ts'
import { StatusRate } from '../../adapters/radius/status-rate.ts'
import { SecretSuspicion } from '../../adapters/radius/wrong-secret.ts'
import { requestOctets, testClient } from '../../adapters/radius/testing/fake-radius.ts'

export interface FuzzResult {
  readonly packets: number
  /** Mutants that are still packets. */
  readonly parsed: number
  /** Mutants of which the octets are still a request as sealed, the only ones that may be answered. */
  readonly answered: number
  readonly failures: readonly string[]
}

const progressEvery = 1_000_000

/** Sends mutants of real requests through the codec and the handler of a client that must authenticate its packets. */
export function fuzzRadius(
  mutate: (originals: readonly Uint8Array[]) => Iterable<Uint8Array>,
  onProgress: (packets: number) => void,
): FuzzResult {
  const originals = realRequests()
  const genuine = new Set(originals.map(hex))
  const send = handler()
  const failures: string[] = []
  let packets = 0
  let parsed = 0
  let answered = 0
  for (const octets of mutate(originals)) {
    packets += 1
    if (packets % progressEvery === 0) onProgress(packets)
    const result = parseRadiusPacket(octets)
    if ('packet' in result) {
      parsed += 1
      const again = encodeRadiusPacket(result.packet)
      if (again === undefined || Buffer.compare(again, result.octets) !== 0) failures.push(`not exact: ${hex(octets)}`)
    }
    if (!send(octets)) continue
    answered += 1
    if (!('packet' in result) || !genuine.has(hex(result.octets))) failures.push(`answered: ${hex(octets)}`)
  }
  return { packets, parsed, answered, failures }
}

function hex(octets: Uint8Array): string {
  return Buffer.from(octets).toString('hex')
}

function realRequests(): readonly Uint8Array[] {
  const nas = { type: RadiusType.NasIdentifier, value: encodeRadiusText('gate-1') }
  const vendor = { type: RadiusType.VendorSpecific, value: Uint8Array.of(0, 0, 0, 9, 1, 5, 97, 61, 98) }
  const proxyState = { type: RadiusType.ProxyState, value: Uint8Array.of(1, 2, 3) }
  const state = { type: RadiusType.State, value: new Uint8Array(40).fill(7) }
  return [
    requestOctets({ extra: [nas] }),
    requestOctets({ extra: [nas, vendor, state], password: 'a passcode of more than sixteen' }),
    requestOctets({ extra: [proxyState, proxyState], username: 'ada@example.com' }),
    requestOctets({ code: RadiusCode.StatusServer, extra: [nas] }),
  ]
}

/** True when the packet got an answer or reached the application. */
function handler(): (octets: Uint8Array) => boolean {
  const clients = new ClientTable()
  clients.setClients([testClient({ requireMessageAuthenticator: 'yes' })])
  const entry = clients.find('192.0.2.1')
  if (entry === undefined) throw new Error('the test client has no address')
  let isTouched = false
  const ports: HandlerPorts = {
    authentication: {
      authenticate: (): Promise<RadiusAnswer> => {
        isTouched = true
        return Promise.resolve({ code: 'silence' })
      },
    },
    isHealthy: () => true,
    nowMs: () => performance.now(),
    emit: () => undefined,
    suspicion: new SecretSuspicion(),
    statusRate: new StatusRate(Number.POSITIVE_INFINITY),
  }
  const reply = (): void => {
    isTouched = true
  }
  return (octets) => {
    isTouched = false
    // A cache of its own for each packet, so that a genuine one is not taken for a duplicate.
    const cache = new ReplyCache({ lifetimeMs: 5000, maxReplies: 1, maxInFlight: 1 })
    handlePacket(ports, { entry, address: '192.0.2.1', port: 1000, cache, reply }, octets)
    return isTouched
  }
}
