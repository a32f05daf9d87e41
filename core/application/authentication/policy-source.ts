import type { Policies } from '@driftlock/domain'

/**
 * The effective policies of security domains, kept in memory. `configVersion` comes with every look-up of the store, so
 * what is kept is exact without asking: a change made on any instance holds at the next login everywhere.
 */
export interface PolicySource {
  policiesAt(configVersion: number, securityDomainId: string): Promise<Policies>
}
