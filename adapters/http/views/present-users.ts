import { type ManagedUser, policiesInForce, policyGround } from '@driftlock/application'
import type { LockState, UserDetails, UserSummary } from '@driftlock/contracts'
import { effectiveLock, failuresInRow, type LockoutPolicy, pausedUntil, type UnixMs } from '@driftlock/domain'
import type { ApiServices } from '../api/services.ts'
import { displayNameOf, type Names, namesFor } from './references.ts'

type Services = Pick<ApiServices, 'administration' | 'clock'>

interface Place {
  readonly names: Names
  readonly policy: LockoutPolicy
  readonly now: UnixMs
}

/** Users for a list: whether each is locked is computed now. */
export async function presentUsers(services: Services, users: readonly ManagedUser[]): Promise<UserSummary[]> {
  const placeOf = await placesFor(services)
  return users.map((user) => summaryOf(user, placeOf(user)))
}

/** A user for their own page. */
export async function presentUser(services: Services, user: ManagedUser): Promise<UserDetails> {
  const { read } = services.administration
  const place = (await placesFor(services))(user)
  const { aliases, phone, notes, identitySourceId, createdAt, updatedAt } = user
  return {
    ...summaryOf(user, place),
    aliases: [...aliases],
    phone,
    notes,
    identitySourceId,
    createdAt,
    updatedAt,
    lock: lockOf(user, place),
    hasPassword: (await read.users.password(user.user.id)) !== undefined,
    isAdministrator: (await read.access.administrator(user.user.id)) !== undefined,
  }
}

async function placesFor({ administration: { read }, clock }: Services): Promise<(user: ManagedUser) => Place> {
  const names = await namesFor(read, [])
  const ground = await policyGround(read)
  const now = clock.now()
  return ({ user }) => ({ names, now, policy: policiesInForce(ground, user.securityDomainId).lockout })
}

function summaryOf(managed: ManagedUser, place: Place): UserSummary {
  const { user, firstName, lastName, email } = managed
  const { id, username, enabled, startsAt, expiresAt, version, securityDomainId } = user
  return {
    id,
    username,
    firstName,
    lastName,
    email,
    enabled,
    startsAt,
    expiresAt,
    version,
    displayName: displayNameOf(managed),
    condition: conditionOf(managed, place),
    securityDomain: place.names.domain(securityDomainId),
  }
}

function conditionOf({ user }: ManagedUser, { policy, now }: Place): UserSummary['condition'] {
  if (!user.enabled) return 'disabled'
  if (user.startsAt !== null && now < user.startsAt) return 'not-started'
  if (user.expiresAt !== null && now >= user.expiresAt) return 'expired'
  return effectiveLock(user.guesses, policy, now) === undefined ? 'active' : 'locked'
}

function lockOf({ user: { guesses } }: ManagedUser, { policy, now }: Place): LockState {
  const lock = effectiveLock(guesses, policy, now)
  return {
    locked: lock !== undefined,
    lockedAt: lock?.since ?? null,
    unlocksAt: lock?.until ?? null,
    pausedUntil: pausedUntil(guesses, policy, now) ?? null,
    consecutiveFailures: failuresInRow(guesses, { policy, now }),
    maxFailures: policy.maxFailures,
  }
}
