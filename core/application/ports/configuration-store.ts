import type { Policies, PolicyKind, UnixMs } from '@driftlock/domain'

/** What a security domain sets of one policy; fields it leaves out are inherited. */
export type PolicySetting = {
  readonly [K in PolicyKind]: {
    readonly securityDomainId: string
    readonly kind: K
    readonly value: Partial<Policies[K]>
    /** Version read, 0 = not stored yet; writes raise it by one. */
    readonly version: number
    readonly updatedAt: UnixMs
  }
}[PolicyKind]

/** `GLOBAL`, or the name of an instance. */
export type SettingScope = string
export const GLOBAL_SCOPE = 'GLOBAL'

/** A namespaced key such as `auth_manager.cas.authentication.ha.seed_sync.marker_time`. */
export interface Setting {
  readonly key: string
  readonly scope: SettingScope
  readonly value: string
  readonly updatedAt: UnixMs
}

export interface ConfigurationQueries {
  /** The counter that every change of a policy, setting, security domain or identity source raises. */
  version(): Promise<number>
  policies(): Promise<readonly PolicySetting[]>
  policiesOf(securityDomainId: string): Promise<readonly PolicySetting[]>
  setting(key: string, scope: SettingScope): Promise<Setting | undefined>
  /** Settings whose key begins so, in the order of key and scope. */
  settings(keyPrefix?: string): Promise<readonly Setting[]>
}

export interface ConfigurationRepository extends ConfigurationQueries {
  /** @throws StoreError `STALE_VERSION`. */
  setPolicy(policy: PolicySetting): Promise<void>
  /** Back to what is inherited. */
  clearPolicy(securityDomainId: string, kind: PolicyKind): Promise<void>
  setSetting(setting: Setting): Promise<void>
  removeSetting(key: string, scope: SettingScope): Promise<void>
}
