import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { findUser } from '../administration/find-object.ts'
import { administer } from '../administration/unit-of-work.ts'
import type { ManagedToken } from '../ports/token-store.ts'
import { settingInForce } from '../settings/setting-in-force.ts'
import { removeToken } from './delete-token.ts'
import { takeFromUser } from './unassign-token.ts'

/**
 * Ends replacements whose new token was used: the old token is unassigned or deleted, as the setting
 * `auth_manager.tokens.when_replaced` says. To be called for a user after a log-on; does nothing when nothing is due.
 * @returns the serials that went.
 */
export async function settleReplacement(
  ports: AdministrationPorts,
  context: AdministrationContext,
  request: { readonly user: string },
): Promise<readonly string[]> {
  return administer(ports, { context, action: 'replace-token' }, async (unit) => {
    const user = await findUser(unit.tx, request.user)
    await unit.authorise({ permission: 'replace-token', securityDomainId: user.user.securityDomainId })
    const due = replacedTokens(await unit.tx.tokens.ofUser(user.user.id))
    const fate = await settingInForce(unit.tx, 'auth_manager.tokens.when_replaced')
    for (const token of due) {
      if (fate === 'delete') await removeToken(unit, token, user)
      else await takeFromUser(unit, token, user)
    }
    return due.map(({ record }) => record.serial)
  })
}

/** Tokens of a user whose replacement was used: what `settleReplacement` would end. */
export function replacedTokens(tokens: readonly ManagedToken[]): readonly ManagedToken[] {
  const used = new Set(tokens.filter(wasUsedByOwner).map(({ record }) => record.id))
  return tokens.filter((token) => token.replacedByTokenId !== null && used.has(token.replacedByTokenId))
}

/** Used since it was assigned: an earlier owner's log-ons do not count. */
function wasUsedByOwner({ state, assignedAt }: ManagedToken): boolean {
  return state.lastAcceptedAt !== null && state.lastAcceptedAt >= (assignedAt ?? 0)
}
