import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { findToken, requireOwner } from '../administration/find-object.ts'
import { administer, type Unit } from '../administration/unit-of-work.ts'
import { writeToken } from '../administration/write-token.ts'
import { ApplicationError } from '../errors/application-error.ts'
import type { ManagedToken } from '../ports/token-store.ts'
import { requireAssignable } from './assign-token.ts'
import { refuseCloudManaged } from './refuse-cloud-managed.ts'
import { freshForOwner } from './fresh-for-owner.ts'

export interface ReplaceTokenRequest {
  /** The token to be replaced: id or serial. */
  readonly token: string
  /** The one that takes its place; absent = the next available of the same kind and form in the same security domain. */
  readonly replacement?: string
}

export interface Replacement {
  readonly replaced: ManagedToken
  readonly replacement: ManagedToken
}

/**
 * Gives the user of a token another one in its place. Both work until the new one is used for the first time; then the old
 * one goes (`settleReplacement`). The user sets a PIN with it: PINs are kept bound to their token and cannot be copied. The
 * limit of tokens per user does not count the one to be replaced.
 * @throws ApplicationError `TOKEN_NOT_ASSIGNED`, `TOKEN_PENDING_REPLACEMENT`, `NO_TOKEN_AVAILABLE`,
 * `TOKEN_ALREADY_ASSIGNED`, `TOKEN_EXPIRED`, `NOT_FOUND`.
 */
export async function replaceToken(
  ports: AdministrationPorts,
  context: AdministrationContext,
  request: ReplaceTokenRequest,
): Promise<Replacement> {
  return administer(ports, { context, action: 'replace-token' }, async (unit) => {
    const old = await findToken(unit.tx, request.token)
    const permission = 'replace-token'
    await unit.authorise({ permission, securityDomainId: old.securityDomainId, onUserId: old.record.userId })
    refuseCloudManaged(old)
    const user = await requireOwner(unit.tx, old)
    if (old.replacedByTokenId !== null)
      throw new ApplicationError('TOKEN_PENDING_REPLACEMENT', { serial: old.record.serial })
    const next =
      request.replacement === undefined ? await nextAvailable(unit, old) : await findToken(unit.tx, request.replacement)
    await unit.authorise({ permission, securityDomainId: next.securityDomainId })
    requireAssignable(unit, next)
    const write = { action: permission, user } as const
    const replacement = await writeToken(unit, next, {
      ...write,
      changes: {
        record: { userId: user.user.id, enabled: true },
        state: freshForOwner,
        details: { assignedAt: unit.now },
      },
    })
    const replaced = await writeToken(unit, old, {
      ...write,
      changes: { details: { replacedByTokenId: replacement.record.id } },
    })
    return { replaced, replacement }
  })
}

/** The one that expires first among those that can serve: stock is used up in the order of its end. */
async function nextAvailable({ tx, now }: Unit, old: ManagedToken): Promise<ManagedToken> {
  const { kind, formFactor } = old.record
  const { items } = await tx.tokens.search(
    {
      assigned: false,
      enabled: true,
      lost: false,
      kind,
      formFactor,
      securityDomainIds: [old.securityDomainId],
      expiresFrom: now,
    },
    { limit: 1, sort: 'expiry' },
  )
  const [next] = items
  if (next === undefined) throw new ApplicationError('NO_TOKEN_AVAILABLE', { kind })
  return next
}
