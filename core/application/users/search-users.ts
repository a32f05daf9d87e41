import { type Lock, effectiveLock } from '@driftlock/domain'
import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { authorisedDomains, authoriseAct } from '../administration/authorise-act.ts'
import { findUser } from '../administration/find-object.ts'
import { policiesInForce, policyGround } from '../policies/policies-in-force.ts'
import { LOOK_FOR_MS } from '../administration/search-patience.ts'
import type { BoundedCount, Page, PageRequest } from '../ports/page.ts'
import type { ManagedToken } from '../ports/token-store.ts'
import type { ManagedUser, UserSort } from '../ports/user-store.ts'
import { userFilterNow, type UserSearch } from './locked-now.ts'

export interface SearchUsersRequest extends PageRequest {
  readonly filter: Omit<UserSearch, 'securityDomainIds'>
  /** A security domain with everything below it. */
  readonly within?: string
  /** Absent = by user id. */
  readonly sort?: UserSort
}

/** Users that somebody may see. A search that takes long gives a short page, and its `next` goes on. */
export async function searchUsers(
  { administration: { read }, clock }: AdministrationPorts,
  context: AdministrationContext,
  { filter, within, ...page }: SearchUsersRequest,
): Promise<Page<ManagedUser>> {
  const ids = await authorisedDomains(read, context, { permission: 'view-users', within })
  const search = { ...filter, ...(ids !== undefined && { securityDomainIds: ids }) }
  return read.users.search(await userFilterNow(read, search, clock.now()), { ...page, lookForMs: LOOK_FOR_MS })
}

/** How many users match, counted no further than `bound`. */
export async function countUsers(
  { administration: { read }, clock }: AdministrationPorts,
  context: AdministrationContext,
  { filter, within, bound }: Pick<SearchUsersRequest, 'filter' | 'within'> & { readonly bound: number },
): Promise<BoundedCount> {
  const ids = await authorisedDomains(read, context, { permission: 'view-users', within })
  const search = { ...filter, ...(ids !== undefined && { securityDomainIds: ids }) }
  return read.users.count(await userFilterNow(read, search, clock.now()), bound, LOOK_FOR_MS)
}

/** What the user dashboard begins with. */
export interface UserView {
  readonly user: ManagedUser
  readonly tokens: readonly ManagedToken[]
  /** Whether the user is locked now; computed, so that an automatic unlock shows at once. */
  readonly lock: Lock | null
  readonly isAdministrator: boolean
}

/** One user with the tokens. @throws ApplicationError `NOT_FOUND`. */
export async function showUser(
  { administration: { read }, clock }: AdministrationPorts,
  context: AdministrationContext,
  request: { readonly user: string },
): Promise<UserView> {
  const user = await findUser(read, request.user)
  const { id, securityDomainId, guesses } = user.user
  await authoriseAct(read, context, { permission: 'view-users', securityDomainId })
  const { lockout } = policiesInForce(await policyGround(read), securityDomainId)
  return {
    user,
    tokens: await read.tokens.ofUser(id),
    lock: effectiveLock(guesses, lockout, clock.now()) ?? null,
    isAdministrator: (await read.access.administrator(id)) !== undefined,
  }
}
