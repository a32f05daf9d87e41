import { readRadiusProfile } from '@driftlock/application'
import { addMs } from '@driftlock/domain'
import type { Instance } from '../instance/open-instance.ts'
import type { Finding } from './folder-findings.ts'

const LOOK_BACK_MS = 7 * 86_400_000

/** RADIUS clients whose passwords come out as garbage: nearly always another shared secret (RFC 2865 §5.2 has no check). */
export async function radiusFindings({ store, clock }: Instance): Promise<readonly Finding[]> {
  const { read } = store.administration
  const from = addMs(clock.now(), -LOOK_BACK_MS)
  const { items } = await read.auditLog.search({ actions: ['suspect-radius-secret'], from }, { limit: 100 })
  const names = [...new Set(items.map(({ entry }) => entry.agent ?? entry.actor.name))]
  if (names.length > 0)
    return names.map((name) => ({
      check: 'RADIUS',
      level: 'fault',
      text: `Passwords of client ${name} come out as garbage: its shared secret is probably another one here than there.`,
      advice: 'Write the same secret on both sides: driftlock radius client set NAME --new-secret',
    }))
  const clients = await read.clients.radiusClients({}, { limit: 1000 })
  const loose = clients.items.filter(
    ({ requireMessageAuthenticator, transport, profile }) =>
      !requireMessageAuthenticator && transport === 'udp' && !readRadiusProfile(profile).hasSentMessageAuthenticator,
  )
  if (loose.length > 0)
    return [
      {
        check: 'RADIUS',
        level: 'note',
        text: `Answers to ${loose.map(({ name }) => name).join(', ')} may be forged on the network: they have sent no Message-Authenticator.`,
        advice: 'Update those clients and require it, or keep their network apart.',
      },
    ]
  return [
    {
      check: 'RADIUS',
      level: 'good',
      text: `${clients.items.length} clients; none with garbled passwords in the last 7 days.`,
      advice: '',
    },
  ]
}
