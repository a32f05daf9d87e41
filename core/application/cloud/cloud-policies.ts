import { INITIAL_POLICIES, type Policies } from '@driftlock/domain'
import type { PolicySource } from '../authentication/policy-source.ts'

/** A locked user of the cloud has nobody to call at night: the lock ends by itself. */
const UNLOCK_AFTER_SECONDS = 900

/** What holds for every company: the initial policies, with locks that end after 15 minutes. */
export const CLOUD_POLICIES: Policies = {
  ...INITIAL_POLICIES,
  lockout: { ...INITIAL_POLICIES.lockout, unlockAfterSeconds: UNLOCK_AFTER_SECONDS },
}

export const cloudPolicySource: PolicySource = { policiesAt: async () => CLOUD_POLICIES }
