import type { MatchingAttribute, MatchingSources } from '@driftlock/domain'
import type { AdministrationReader } from '../ports/administration-store.ts'
import { settingInForce } from '../settings/setting-in-force.ts'

/** How records find their users, as the settings say. */
export interface MatchingRule {
  readonly attribute: MatchingAttribute
  readonly sources: MatchingSources
}

export async function matchingRule(reader: Pick<AdministrationReader, 'configuration'>): Promise<MatchingRule> {
  return {
    attribute: await settingInForce(reader, 'auth_manager.cas.authentication.ha.matching.attribute'),
    sources: await settingInForce(reader, 'auth_manager.cas.authentication.ha.matching.sources'),
  }
}

/** Tells one rule from another. */
export function ruleText({ attribute, sources }: MatchingRule): string {
  return `${attribute} over ${sources}`
}
