import { type RadiusClient as StoredClient, radiusSecretSuspicion } from '@driftlock/application'
import type { RadiusClientTest } from '@driftlock/contracts'
import { addMs, MS_PER_DAY } from '@driftlock/domain'
import type { ApiServices } from '../api/services.ts'

const LOOKED_AT = 200

/** What can be said of a RADIUS client from here: is it on, did it ask lately, are its passwords garbage, do log-ons succeed. */
export async function testRadiusClient(
  { administration: { read }, clock }: ApiServices,
  client: StoredClient,
): Promise<RadiusClientTest> {
  const from = addMs(clock.now(), -MS_PER_DAY)
  const { items } = await read.auditLog.search({ agent: client.name, from }, { limit: LOOKED_AT })
  const logOns = items.filter(({ entry }) => entry.action === 'authenticate')
  const suspicion = await radiusSecretSuspicion(read, client, clock.now())
  const garbled = logOns.filter(({ entry }) => entry.reason === 'passcode-format-error').length
  const good = logOns.filter(({ entry }) => entry.outcome === 'success').length
  const secretOk = suspicion === undefined && (garbled < 5 || garbled * 2 < logOns.length)
  const checks = [
    check('enabled', client.enabled, ['The client is enabled.', 'The client is disabled: its requests are dropped.']),
    check('seen', client.lastSeenAt !== null, [
      'It has asked this deployment.',
      'It never asked: check the address, the port and the firewall.',
    ]),
    check('secret', secretOk, [
      'Its passwords are readable: the shared secret is the same on both sides.',
      'Its passwords are garbage: the shared secret is probably not the same on both sides.',
    ]),
    {
      name: 'log-ons',
      ok: logOns.length === 0 || good > 0,
      text: `${logOns.length} log-ons in the last 24 hours, ${good} of them successful.`,
    },
  ]
  return { ok: checks.every(({ ok }) => ok), checks }
}

function check(name: string, ok: boolean, [good, bad]: readonly [string, string]): RadiusClientTest['checks'][number] {
  return { name, ok, text: ok ? good : bad }
}
