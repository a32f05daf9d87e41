import {
  type AdministrationReader,
  type KeyRing,
  type RadiusClient as StoredRadiusClient,
  radiusSecretContext,
  readRadiusProfile,
} from '@driftlock/application'
import { parseRadiusAttribute, type RadiusAttribute } from '@driftlock/formats'
import type { RadiusClient } from '@driftlock/radius'

const PAGE = 1000

/** Every enabled client of the store, secrets opened, as the listener knows clients. */
export async function loadRadiusClients(
  { clients }: Pick<AdministrationReader, 'clients'>,
  keys: Pick<KeyRing, 'open'>,
): Promise<readonly RadiusClient[]> {
  const loaded: RadiusClient[] = []
  for (let after: string | undefined; ; ) {
    const page = await clients.radiusClients({}, { limit: PAGE, ...(after !== undefined && { after }) })
    for (const stored of page.items) {
      // A client of RADIUS over TLS is known by its certificate, never by an address alone.
      if (stored.enabled && stored.transport !== 'tls') loaded.push(listenerClient(stored, keys))
    }
    if (page.next === undefined) return loaded
    after = page.next
  }
}

function listenerClient(stored: StoredRadiusClient, keys: Pick<KeyRing, 'open'>): RadiusClient {
  const { id, name, network } = stored
  const { messageAuthenticator, replyAttributes, ...profile } = readRadiusProfile(stored.profile)
  return {
    ...profile,
    id,
    name,
    addresses: [network],
    secret: keys.open('radius-secret', radiusSecretContext(id), stored.secret),
    requireMessageAuthenticator: stored.requireMessageAuthenticator ? 'yes' : messageAuthenticator,
    replyAttributes: replyAttributes.flatMap(readAttribute),
  }
}

/** Lines are checked where they are stored; one that a later dictionary no longer knows is left out. */
function readAttribute(line: string): readonly RadiusAttribute[] {
  const parsed = parseRadiusAttribute(line)
  return 'attribute' in parsed ? [parsed.attribute] : []
}
