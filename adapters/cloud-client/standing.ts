import type { CloudStanding } from '@driftlock/application'
import type { ManagerStanding } from '@driftlock/contracts'
import { unixMs } from '@driftlock/domain'

export function standingOf(answer: Omit<ManagerStanding, 'managerId'>): CloudStanding {
  const { companyId, companyName, haEnabled, cloudKeys, serverTimeMs } = answer
  return { companyId, companyName, haEnabled, cloudKeys, serverTimeMs: unixMs(serverTimeMs) }
}
