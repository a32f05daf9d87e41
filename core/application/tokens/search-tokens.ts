import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { authorisedDomains, authoriseAct } from '../administration/authorise-act.ts'
import { findToken, ownerOf } from '../administration/find-object.ts'
import { LOOK_FOR_MS } from '../administration/search-patience.ts'
import type { BoundedCount, Page, PageRequest } from '../ports/page.ts'
import type { ManagedToken, TokenFilter, TokenSort } from '../ports/token-store.ts'
import type { ManagedUser } from '../ports/user-store.ts'

export interface SearchTokensRequest extends PageRequest {
  readonly filter: Omit<TokenFilter, 'securityDomainIds'>
  /** A security domain with everything below it. */
  readonly within?: string
  readonly sort?: TokenSort
}

/**
 * Tokens that somebody may see. Tokens about to expire: `expiresBefore`, sorted by `expiry`. A search that takes long gives a
 * short page, and its `next` goes on.
 */
export async function searchTokens(
  { administration: { read } }: AdministrationPorts,
  context: AdministrationContext,
  { filter, within, ...page }: SearchTokensRequest,
): Promise<Page<ManagedToken>> {
  const ids = await authorisedDomains(read, context, { permission: 'view-tokens', within })
  const search = { ...filter, ...(ids !== undefined && { securityDomainIds: ids }) }
  return read.tokens.search(search, { ...page, lookForMs: LOOK_FOR_MS })
}

/** How many tokens match, counted no further than `bound`. */
export async function countTokens(
  { administration: { read } }: AdministrationPorts,
  context: AdministrationContext,
  { filter, within, bound }: Pick<SearchTokensRequest, 'filter' | 'within'> & { readonly bound: number },
): Promise<BoundedCount> {
  const ids = await authorisedDomains(read, context, { permission: 'view-tokens', within })
  const search = { ...filter, ...(ids !== undefined && { securityDomainIds: ids }) }
  return read.tokens.count(search, bound, LOOK_FOR_MS)
}

/** One token with its owner. @throws ApplicationError `NOT_FOUND`. */
export async function showToken(
  { administration: { read } }: AdministrationPorts,
  context: AdministrationContext,
  request: { readonly token: string },
): Promise<{ readonly token: ManagedToken; readonly owner: ManagedUser | undefined }> {
  const token = await findToken(read, request.token)
  await authoriseAct(read, context, { permission: 'view-tokens', securityDomainId: token.securityDomainId })
  return { token, owner: await ownerOf(read, token) }
}
