import type { ManagedToken, ManagedUser } from '@driftlock/application'
import { isoText, instantText } from '../terminal/instants.ts'
import type { Row } from '../terminal/table.ts'

/** Whether a user can log on, in a word. */
export function userStatus({ user }: ManagedUser, now: number): string {
  if (user.guesses.lockedAt !== null) return 'locked'
  if (!user.enabled) return 'disabled'
  if (user.expiresAt !== null && user.expiresAt <= now) return 'expired'
  if (user.startsAt !== null && user.startsAt > now) return 'not started'
  return 'enabled'
}

export function userRow(managed: ManagedUser, now: number): Row {
  const { user, firstName, lastName, email, aliases } = managed
  return {
    user: user.username,
    name: `${firstName} ${lastName}`.trim(),
    email,
    status: userStatus(managed, now),
    domain: user.securityDomainId,
    aliases: aliases.join(', '),
  }
}

/** A user for programs. */
export function userJson(managed: ManagedUser, now: number) {
  const { user, identitySourceId, aliases, firstName, lastName, email, phone, notes, createdAt, updatedAt } = managed
  return {
    id: user.id,
    username: user.username,
    status: userStatus(managed, now),
    enabled: user.enabled,
    locked: user.guesses.lockedAt !== null,
    consecutiveFailures: user.guesses.consecutiveFailures,
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

export function userFields(managed: ManagedUser, tokens: readonly ManagedToken[], now: number): Row {
  const { user, aliases, firstName, lastName, email, phone, notes, createdAt } = managed
  return {
    'User ID': user.username,
    Name: `${firstName} ${lastName}`.trim(),
    'E-mail': email,
    Phone: phone,
    Status: userStatus(managed, now),
    'Failures in a row': user.guesses.consecutiveFailures,
    'Security domain': user.securityDomainId,
    Aliases: aliases.join(', '),
    Tokens: tokens.map(({ record }) => record.serial).join(', ') || 'none',
    Starts: instantText(user.startsAt),
    Expires: instantText(user.expiresAt),
    Created: instantText(createdAt),
    Notes: notes,
  }
}
