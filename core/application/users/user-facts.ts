import type { ManagedUser } from '../ports/user-store.ts'

/** What the audit records of a user. */
export function userFacts({ user, ...details }: ManagedUser): Readonly<Record<string, unknown>> {
  return {
    username: user.username,
    securityDomainId: user.securityDomainId,
    identitySourceId: details.identitySourceId,
    enabled: user.enabled,
    startsAt: user.startsAt,
    expiresAt: user.expiresAt,
    aliases: details.aliases,
    firstName: details.firstName,
    lastName: details.lastName,
    email: details.email,
    phone: details.phone,
    notes: details.notes,
    lockedAt: user.guesses.lockedAt,
  }
}
