import { MS_PER_DAY, type UnixMs, unixMs } from '@driftlock/domain'
import type { AdministrationReader } from '../ports/administration-store.ts'
import type { RadiusClient } from '../ports/client-store.ts'

const LOOK_BACK_MS = 7 * MS_PER_DAY
/** Instances report a suspicion once an hour while it lasts: an older one has gone quiet. */
const QUIET_AFTER_MS = 2 * 3_600_000

/** That the passwords of a client came out as garbage, and nothing since says that this is over. */
export interface RadiusSecretSuspicion {
  /** When it was last reported. */
  readonly at: UnixMs
  /** Where the garbage came from. */
  readonly address: string | undefined
}

/**
 * Whether a client's shared secret looks wrong: reported in the last 7 days, and no log-on through it went well since. A
 * client that is a network of devices is not cleared by another device, but by the same one, or when no report came for two
 * hours while log-ons went well.
 */
export async function radiusSecretSuspicion(
  { auditLog }: Pick<AdministrationReader, 'auditLog'>,
  { id, name, network, createdAt }: Pick<RadiusClient, 'id' | 'name' | 'network' | 'createdAt'>,
  now: UnixMs,
): Promise<RadiusSecretSuspicion | undefined> {
  // Whatever came before the client was made is of another one of its name.
  const from = unixMs(Math.max(createdAt, now - LOOK_BACK_MS))
  const reported = await auditLog.search({ actions: ['suspect-radius-secret'], agent: name, from }, { limit: 1 })
  const last = reported.items[0]?.entry
  if (last === undefined) return undefined
  const good = await auditLog.search(
    { actions: ['authenticate'], agent: name, actorId: id, outcome: 'success', from: last.at },
    { limit: 100 },
  )
  const anyDevice = isOneDevice(network) || now - last.at > QUIET_AFTER_MS
  const isOver = good.items.some(({ entry }) => anyDevice || entry.clientAddress === last.clientAddress)
  return isOver ? undefined : { at: last.at, address: last.clientAddress }
}

function isOneDevice(network: string): boolean {
  const [address = '', bits] = network.split('/')
  return bits === undefined || bits === (address.includes(':') ? '128' : '32')
}
