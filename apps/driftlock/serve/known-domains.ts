import type { AdministrationReader, Clock, SecurityDomain } from '@driftlock/application'
import { domainPath } from '../radius/groups-of-user.ts'

/** A renamed or moved security domain is known by its new name so soon. */
const FRESH_MS = 1_000

/**
 * Names of a security domain and those above it, from a tree that is read again within a second of a change on any
 * instance: every accepted log-on asks for it.
 */
export function knownDomains(
  { configuration, securityDomains }: Pick<AdministrationReader, 'configuration' | 'securityDomains'>,
  clock: Clock,
): (securityDomainId: string) => Promise<readonly string[]> {
  let tree: readonly SecurityDomain[] = []
  let paths = new Map<string, readonly string[]>()
  let version = -1
  let checkedAtMs = Number.NEGATIVE_INFINITY
  let refreshing: Promise<void> | undefined
  const refresh = async (): Promise<void> => {
    // The version first: a change that comes between is read again at the next look.
    const found = await configuration.version()
    if (found !== version) {
      tree = await securityDomains.all()
      paths = new Map()
      version = found
    }
    checkedAtMs = clock.monotonicMs()
  }
  return async (id) => {
    if (clock.monotonicMs() - checkedAtMs > FRESH_MS) {
      refreshing ??= refresh().finally(() => {
        refreshing = undefined
      })
      await refreshing
    }
    const path = paths.get(id) ?? domainPath(tree, id)
    paths.set(id, path)
    return path
  }
}
