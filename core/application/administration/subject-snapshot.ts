import type { Snapshot, Token } from '@driftlock/domain'
import { seedContext } from '../authentication/snapshot-of.ts'
import { policiesInForce, policyGround } from '../policies/policies-in-force.ts'
import type { AdministrationReader } from '../ports/administration-store.ts'
import type { ClockGuard } from '../ports/clock-guard.ts'
import type { KeyRing } from '../ports/key-ring.ts'
import type { ManagedToken } from '../ports/token-store.ts'
import type { ManagedUser } from '../ports/user-store.ts'

/** What opening a snapshot takes besides the reader. */
export interface SnapshotPorts {
  readonly keys: KeyRing
  readonly clockGuard: ClockGuard
}

/** A user as a decision looks at one, read inside a unit of work; with the seeds that redistributions voided. */
export async function subjectSnapshot(
  reader: AdministrationReader,
  { user }: ManagedUser,
  { keys, clockGuard }: SnapshotPorts,
): Promise<Snapshot> {
  const { token, lockout } = policiesInForce(await policyGround(reader), user.securityDomainId)
  const tokens: Token[] = []
  for (const managed of await reader.tokens.ofUser(user.id)) tokens.push(await openToken(reader, managed, keys))
  return {
    user,
    tokens,
    tokenPolicy: token,
    lockoutPolicy: lockout,
    pinKeys: keys.pinKeys(),
    serverClockInDoubt: clockGuard.inDoubt(),
  }
}

/** A token with its seeds opened: keep it out of logs. */
export async function openToken(
  { tokens }: Pick<AdministrationReader, 'tokens'>,
  { record, state }: ManagedToken,
  keys: KeyRing,
): Promise<Token> {
  const sealed = await tokens.seeds(record.id)
  if (sealed === undefined) throw new TypeError(`Token ${record.serial} has no seed in the store.`)
  const open = (seed: Uint8Array) => keys.open('seed', seedContext(record.id), seed)
  return {
    record,
    state,
    seed: open(sealed.seed),
    ...(sealed.pendingSeed !== undefined && { pendingSeed: open(sealed.pendingSeed) }),
    voidedSeeds: sealed.voidedSeeds.map(({ seed }) => open(seed)),
  }
}
