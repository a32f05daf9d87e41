import {
  type Administrator,
  authorise,
  type DomainTree,
  domainTree,
  isWithin,
  mayActOnAdministrator,
  type Permission,
} from '@driftlock/domain'
import { ApplicationError } from '../errors/application-error.ts'
import type { AdministrationReader } from '../ports/administration-store.ts'
import { grantsOf } from './administrator-grants.ts'
import type { AdministrationContext } from './administration-context.ts'

/** What is to be done, and to an object of which security domain. */
export interface ContextAct {
  readonly permission: Permission
  /** null = the deployment as a whole. */
  readonly securityDomainId: string | null
  /** The user whose log-on the act touches: nobody may act on an administrator who may do more. */
  readonly onUserId?: string | null
}

/**
 * The one authoriser of all use cases: roles × scope (authentication-manager §6.4). Reads through `reader`, so that inside
 * a unit of work it sees what the unit will change.
 * @throws ApplicationError `NOT_AUTHORISED`, `MORE_THAN_HELD`.
 */
export async function authoriseAct(
  reader: AdministrationReader,
  { authority }: AdministrationContext,
  act: ContextAct,
): Promise<void> {
  const { permission, securityDomainId: objectDomainId, onUserId = null } = act
  if (authority.type === 'command' || authority.type === 'system') return
  if (authority.type === 'owner') throw notAuthorised(permission, 'self-service')
  const { administrator, narrowedTo } = authority
  if (narrowedTo !== undefined && !narrowedTo.includes(permission)) throw notAuthorised(permission, 'narrowed-api-key')
  const tree = await treeOf(reader)
  const answer = authorise(administrator, { permission, objectDomainId }, tree)
  if (!answer.allowed) throw notAuthorised(permission, answer.reason)
  if (onUserId !== null) await refuseMightier(reader, administrator, { userId: onUserId, tree })
}

/** A user acts on what is theirs. @throws ApplicationError `NOT_AUTHORISED`. */
export function authoriseOwner({ authority }: AdministrationContext, ownerId: string | null): void {
  if (authority.type !== 'owner' || authority.userId !== ownerId) throw notAuthorised('own-token', 'not-the-owner')
}

/** The security domains in which a context has a permission; `undefined` = everywhere. Empty is refused. */
export async function authorisedDomains(
  reader: AdministrationReader,
  { authority }: AdministrationContext,
  { permission, within }: { readonly permission: Permission; readonly within?: string | undefined },
): Promise<readonly string[] | undefined> {
  if (authority.type === 'owner') throw notAuthorised(permission, 'self-service')
  const tree = await treeOf(reader)
  const isAsked = (id: string) => within === undefined || isWithin(id, within, tree)
  const isAllowed = (id: string) =>
    authority.type !== 'administrator' ||
    ((authority.narrowedTo?.includes(permission) ?? true) &&
      authorise(authority.administrator, { permission, objectDomainId: id }, tree).allowed)
  if (within !== undefined && !tree.has(within))
    throw new ApplicationError('NOT_FOUND', { type: 'security-domain', id: within })
  const ids = [...tree.keys()].filter((id) => isAsked(id) && isAllowed(id))
  if (ids.length === 0) throw notAuthorised(permission, 'outside-scope')
  return ids.length === tree.size ? undefined : ids
}

export async function treeOf(reader: AdministrationReader): Promise<DomainTree> {
  return domainTree(await reader.securityDomains.all())
}

async function refuseMightier(
  reader: AdministrationReader,
  actor: Administrator,
  { userId, tree }: { readonly userId: string; readonly tree: DomainTree },
): Promise<void> {
  const administrator = await reader.access.administrator(userId)
  if (administrator === undefined) return
  const answer = mayActOnAdministrator(actor, { grants: await grantsOf(reader, userId) }, tree)
  if (!answer.allowed) throw new ApplicationError('MORE_THAN_HELD', { missing: answer.missing })
}

function notAuthorised(permission: string, reason: string): ApplicationError<'NOT_AUTHORISED'> {
  return new ApplicationError('NOT_AUTHORISED', { permission, reason })
}
