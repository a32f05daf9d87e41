import { MS_PER_MINUTE } from '@driftlock/domain'
import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { isPermission } from '../administration/administrator-grants.ts'
import { isAccessSecret } from '../access/access-secret.ts'
import { administratorContext, type RequestOrigin } from './administrator-context.ts'

/** The last use is written this often: a busy key must not write for every request. */
const LAST_USE_EVERY_MS = 5 * MS_PER_MINUTE

/**
 * The context an API key gives; undefined = unknown, wrong, expired, revoked, or its owner is no administrator any more.
 * @param apiKey `ID.SECRET`, as it was shown.
 */
export async function useApiKey(
  ports: AdministrationPorts,
  apiKey: string,
  origin: RequestOrigin = {},
): Promise<AdministrationContext | undefined> {
  const { administration, clock, keys } = ports
  const [id = '', secret = ''] = apiKey.split('.', 2)
  const key = await administration.read.access.apiKey(id)
  const now = clock.now()
  if (key === undefined || !isAccessSecret({ use: 'api-key', secret }, key.secretMac, keys.pinKeys())) return undefined
  if (key.revokedAt !== null || (key.expiresAt !== null && key.expiresAt <= now)) return undefined
  if (key.lastUsedAt === null || now - key.lastUsedAt > LAST_USE_EVERY_MS)
    await administration.transaction((tx) => tx.access.updateApiKey({ ...key, lastUsedAt: now }))
  return administratorContext(ports, { userId: key.userId, narrowedTo: key.permissions.filter(isPermission) }, origin)
}
