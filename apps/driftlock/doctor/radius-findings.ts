import {
  type RadiusClient,
  type RadiusSecretSuspicion,
  radiusSecretSuspicion,
  readRadiusProfile,
} from '@driftlock/application'
import type { Instance } from '../instance/open-instance.ts'
import type { Finding } from './folder-findings.ts'

const PAGE = 1000

/**
 * RADIUS clients whose passwords come out as garbage: nearly always another shared secret (RFC 2865 §5.2 has no check). And
 * those whose answers may be forged, since they do without Message-Authenticator.
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
