import { type ManagedToken, type ManagedUser, policiesInForce, policyGround } from '@driftlock/application'
import { effectiveLock, failuresInRow, type LockoutPolicy, type UnixMs } from '@driftlock/domain'
import { isoText, instantText } from '../terminal/instants.ts'
import type { Row } from '../terminal/table.ts'
import type { OpenShell } from './command-shell.ts'
import { domainNames } from './security-domains.ts'

/** The moment at which users are shown: a lock may have ended by itself since it was written. */
export interface Seen {
  readonly now: UnixMs
  readonly lockoutOf: (managed: ManagedUser) => LockoutPolicy
  readonly domainName: (id: string) => string
}

export async function seenNow({ administration: { read }, clock }: OpenShell['ports']): Promise<Seen> {
  const ground = await policyGround(read)
  return {
    now: clock.now(),
    lockoutOf: ({ user }) => policiesInForce(ground, user.securityDomainId).lockout,
    domainName: await domainNames(read),
  }
}

function isLocked(managed: ManagedUser, { now, lockoutOf }: Seen): boolean {
  return effectiveLock(managed.user.guesses, lockoutOf(managed), now) !== undefined
}

function failuresOf(managed: ManagedUser, { now, lockoutOf }: Seen): number {
  return failuresInRow(managed.user.guesses, { policy: lockoutOf(managed), now })
}

/** Whether a user can log on, in a word. */
function userStatus(managed: ManagedUser, seen: Seen): string {
  const { user } = managed
  const { now } = seen
  if (isLocked(managed, seen)) return 'locked'
  if (!user.enabled) return 'disabled'
  if (user.expiresAt !== null && user.expiresAt <= now) return 'expired'
  if (user.startsAt !== null && user.startsAt > now) return 'not started'
  return 'enabled'
}

export function userRow(managed: ManagedUser, seen: Seen): Row {
  const { user, firstName, lastName, email, aliases } = managed
  return {
    user: user.username,
    name: `${firstName} ${lastName}`.trim(),
    email,
    status: userStatus(managed, seen),
    domain: seen.domainName(user.securityDomainId),
    aliases: aliases.join(', '),
  }
}

/** A user for programs. */
export function userJson(managed: ManagedUser, seen: Seen) {
  const { user, identitySourceId, aliases, firstName, lastName, email, phone, notes, createdAt, updatedAt } = managed
  return {
    id: user.id,
    username: user.username,
    status: userStatus(managed, seen),
    enabled: user.enabled,
    locked: isLocked(managed, seen),
    consecutiveFailures: failuresOf(managed, seen),
    securityDomainId: user.securityDomainId,
    identitySourceId,
    aliases,
    firstName,
    lastName,
    email,
    phone,
    notes,
    startsAt: isoText(user.startsAt),
    expiresAt: isoText(user.expiresAt),
    createdAt: isoText(createdAt),
    updatedAt: isoText(updatedAt),
  }
}

export function userFields(managed: ManagedUser, tokens: readonly ManagedToken[], seen: Seen): Row {
  const { user, aliases, firstName, lastName, email, phone, notes, createdAt } = managed
  return {
    'User ID': user.username,
    Name: `${firstName} ${lastName}`.trim(),
    'E-mail': email,
    Phone: phone,
    Status: userStatus(managed, seen),
    'Failures in a row': failuresOf(managed, seen),
    'Security domain': seen.domainName(user.securityDomainId),
    Aliases: aliases.join(', '),
    Tokens: tokens.map(({ record }) => record.serial).join(', ') || 'none',
    Starts: instantText(user.startsAt),
    Expires: instantText(user.expiresAt),
    Created: instantText(createdAt),
    Notes: notes,
  }
}
