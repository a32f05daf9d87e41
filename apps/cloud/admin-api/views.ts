import type {
  CloudAdministrator,
  Company,
  CompanyCounts,
  ConnectedManager,
  ShownAppDevice,
  ShownCloudUser,
} from '@driftlock/application'
import { formatMarker, START_MARKER } from '@driftlock/contracts'
import { effectiveLock, type UnixMs } from '@driftlock/domain'
import { CLOUD_POLICIES } from '@driftlock/application'

export function companyView({ id, name, displayName, haEnabled, createdAt, version }: Company) {
  return { id, name, displayName, haEnabled, createdAt, version }
}

export function statusView(company: Company, counts: CompanyCounts, managers: readonly ConnectedManager[]) {
  const { users, activeApps, latest } = counts
  return {
    company: companyView(company),
    users,
    activeApps,
    latestMarker: latest === undefined ? START_MARKER : formatMarker(latest),
    managers: managers.filter(({ revokedAt }) => revokedAt === null).length,
  }
}

export function userView(user: ShownCloudUser, now: UnixMs) {
  const { id, attribute, displayName, enabled, sourceName, serial, createdAt } = user
  const locked = effectiveLock(user.guesses, CLOUD_POLICIES.lockout, now) !== undefined
  return { id, attribute, displayName, enabled, locked, identitySource: sourceName, serial, createdAt }
}

export function deviceView(device: ShownAppDevice) {
  const { id, serial, status, publicName, attribute, sourceName, lastAcceptedAt, provenAt, endedAt, endReason } = device
  return {
    id,
    serial,
    status,
    publicName,
    userAttribute: attribute,
    identitySource: sourceName,
    lastUsedAt: lastAcceptedAt,
    registeredAt: provenAt,
    endedAt,
    endReason,
  }
}

export function managerView(manager: ConnectedManager) {
  const { id, name, signingKey, createdAt, lastSeenAt, lastMarker, revokedAt } = manager
  return { id, name, signingKeyId: signingKey.id, connectedAt: createdAt, lastSeenAt, lastMarker, revokedAt }
}

export function administratorView(administrator: CloudAdministrator) {
  const { id, name, companyId, createdAt, lastLogOnAt, secondFactorUserId } = administrator
  return { id, name, companyId, createdAt, lastLogOnAt, hasSecondFactor: secondFactorUserId !== null }
}
