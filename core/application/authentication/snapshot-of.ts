import type { Snapshot, Token } from '@driftlock/domain'
import type { StoredSubject, StoredToken } from '../ports/authentication-store.ts'
import type { KeyRing, SealContext } from '../ports/key-ring.ts'
import type { AuthenticationPorts } from './authentication-ports.ts'

/** Where every seed of a token is bound to, whichever column holds it. */
export function seedContext(tokenId: string): SealContext {
  return { table: 'tokens', column: 'seed', row: tokenId }
}

/** Everything the decision looks at: the stored subject with its seeds opened, the policies that hold, the keys. */
export async function snapshotOf(
  { keys, policies, clockGuard }: Pick<AuthenticationPorts, 'keys' | 'policies' | 'clockGuard'>,
  subject: StoredSubject,
  configVersion: number,
): Promise<Snapshot> {
  const { token, lockout } = await policies.policiesAt(configVersion, subject.user.securityDomainId)
  return {
    user: subject.user,
    tokens: subject.tokens.map((stored) => openToken(stored, keys)),
    tokenPolicy: token,
    lockoutPolicy: lockout,
    pinKeys: keys.pinKeys(),
    serverClockInDoubt: clockGuard.inDoubt(),
  }
}

function openToken({ record, state, seed, pendingSeed }: StoredToken, keys: KeyRing): Token {
  const context = seedContext(record.id)
  return {
    record,
    state,
    seed: keys.open('seed', context, seed),
    ...(pendingSeed !== undefined && { pendingSeed: keys.open('seed', context, pendingSeed) }),
  }
}
