import {
  addRadiusCounts,
  type RadiusClient,
  type RadiusClientCounts,
  type RadiusCounts,
  type RadiusSecretSuspicion,
  radiusSecretSuspicion,
  readRadiusProfile,
  type UnknownRadiusSource,
} from '@driftlock/application'
import { type Network, isWithinNetwork, parseNetwork, type RadiusDropReason } from '@driftlock/radius'
import type { Instance } from '../instance/open-instance.ts'
import { instantText } from '../terminal/instants.ts'
import type { Finding } from './folder-findings.ts'

const PAGE = 1000
const RECENT_MS = 7 * 86_400_000
const NAMED_SOURCES = 5

/** What keeps a sound client from an answer; the other reasons pass by themselves. */
const DROPPED_FOR: Readonly<Partial<Record<RadiusDropReason, string>>> = {
  'malformed-packet': 'no RADIUS packets',
  'unexpected-code': 'of a kind that is not answered here (accounting goes to another port)',
  'message-authenticator-missing': 'without Message-Authenticator, which it must send',
  'message-authenticator-invalid': 'with a Message-Authenticator made with another shared secret',
  'proxy-state-from-non-proxy': 'with Proxy-State though it is no proxy (radius client set NAME --proxy)',
  'attributes-contradict': 'with attributes that contradict each other',
}

/**
 * RADIUS clients whose passwords come out as garbage: nearly always another shared secret (RFC 2865 §5.2 has no check).
 * Those whose answers may be forged, since they do without Message-Authenticator. And what the instances counted: packets
 * that got no answer, from clients and from addresses that are none.
 */
export async function radiusFindings(instance: Instance): Promise<readonly Finding[]> {
  const clients = await allClients(instance)
  const found: Finding[] = []
  for (const client of clients) {
    if (!client.enabled) continue
    const suspicion = await radiusSecretSuspicion(instance.store.administration.read, client, instance.clock.now())
    if (suspicion !== undefined) found.push(wrongSecret(client, suspicion))
  }
  const loose = clients.filter(isLoose).map(({ name }) => name)
  if (loose.length > 0)
    found.push({
      check: 'RADIUS',
      level: 'note',
      text: `Answers to ${loose.join(', ')} may be forged on the network: they have sent no Message-Authenticator.`,
      advice: 'Update those clients and require it, or keep their network apart.',
    })
  const counts = addRadiusCounts([...(await instance.store.operations.radiusCounts.all()).values()])
  if (counts !== undefined) found.push(...countedFindings(counts, clients, instance.clock.now()))
  const text = `${clients.length} clients; the passwords of none come out as garbage.`
  return found.length > 0 ? found : [{ check: 'RADIUS', level: 'good', text, advice: '' }]
}

async function allClients({ store }: Instance): Promise<readonly RadiusClient[]> {
  const all: RadiusClient[] = []
  for (let after: string | undefined; ; ) {
    const page = { limit: PAGE, ...(after !== undefined && { after }) }
    const { items, next } = await store.administration.read.clients.radiusClients({}, page)
    all.push(...items)
    if (next === undefined) return all
    after = next
  }
}

function wrongSecret({ name }: RadiusClient, { address }: RadiusSecretSuspicion): Finding {
  const from = address === undefined ? '' : ` from ${address}`
  return {
    check: 'RADIUS',
    level: 'fault',
    text: `Passwords of client ${name}${from} come out as garbage: its shared secret is probably another one here than there.`,
    advice: 'Write the same secret on both sides: driftlock radius client set NAME --new-secret',
  }
}

function isLoose({ enabled, requireMessageAuthenticator, transport, profile }: RadiusClient): boolean {
  if (!enabled || requireMessageAuthenticator || transport === 'tls') return false
  return !readRadiusProfile(profile).hasSentMessageAuthenticator
}

function countedFindings(counts: RadiusCounts, clients: readonly RadiusClient[], now: number): readonly Finding[] {
  const found: Finding[] = []
  for (const { id, name } of clients) {
    const counted = counts.clients[id]
    if (counted !== undefined) found.push(...unanswered(name, counted, counts.since))
  }
  const networks = clients.flatMap(({ network }) => parseNetwork(network) ?? [])
  const strangers = counts.unknown.filter(
    (source) => isStranger(source, networks) && now - source.lastSeenAt < RECENT_MS,
  )
  if (strangers.length > 0) found.push(strangersFound(strangers))
  return found
}

function unanswered(name: string, { dropped }: RadiusClientCounts, since: number): readonly Finding[] {
  const reasons = Object.entries(DROPPED_FOR).flatMap(([reason, words]) => {
    const count = dropped[reason] ?? 0
    return count === 0 ? [] : [`${count} ${words}`]
  })
  if (reasons.length === 0) return []
  return [
    {
      check: 'RADIUS',
      level: 'note',
      text: `Client ${name} sent packets that got no answer, since ${instantText(since)}: ${reasons.join('; ')}.`,
      advice: 'See its settings there and here: driftlock radius client show NAME',
    },
  ]
}

function isStranger({ address }: UnknownRadiusSource, networks: readonly Network[]): boolean {
  return !networks.some((network) => isWithinNetwork(address, network))
}

function strangersFound(strangers: readonly UnknownRadiusSource[]): Finding {
  const named = strangers.slice(0, NAMED_SOURCES).map(({ address, packets, lastSeenAt }) => {
    return `${address} (${packets} ${packets === 1 ? 'packet' : 'packets'}, last ${instantText(lastSeenAt)})`
  })
  const rest = strangers.length - named.length
  const others = rest > 0 ? ` and ${rest} more` : ''
  const who =
    strangers.length === 1 ? '1 address that is no client' : `${strangers.length} addresses that are no client`
  return {
    check: 'RADIUS',
    level: 'note',
    text: `${who} sent packets and got no answer: ${named.join(', ')}${others}.`,
    advice:
      'Add those that are yours: driftlock radius client add NAME ADDRESS. All of them: driftlock radius activity',
  }
}
