import { type ManagedToken, type ManagedUser, policiesInForce, policyGround } from '@driftlock/application'
import type { TokenDetails, TokenSummary } from '@driftlock/contracts'
import type { ApiServices } from '../api/services.ts'
import { namesFor } from './references.ts'
import { tokenDetailsOf, type TokenPlace, tokenSummaryOf } from './token-view.ts'

type Services = Pick<ApiServices, 'administration' | 'clock'>

/** Tokens for a list: names and policies are read once for all of them. */
export async function presentTokens(services: Services, tokens: readonly ManagedToken[]): Promise<TokenSummary[]> {
  const placeOf = await placesFor(services, tokens)
  return tokens.map((token) => tokenSummaryOf(token, placeOf(token)))
}

/** A token for its own page. */
export async function presentToken(services: Services, token: ManagedToken): Promise<TokenDetails> {
  const { read } = services.administration
  const placeOf = await placesFor(services, [token])
  const successor = token.replacedByTokenId === null ? undefined : await read.tokens.find(token.replacedByTokenId)
  const siblings = token.record.userId === null ? [] : await read.tokens.ofUser(token.record.userId)
  const replaced = siblings.find(({ replacedByTokenId }) => replacedByTokenId === token.record.id)
  const reference = (one: ManagedToken | undefined) => (one ? { id: one.record.id, serial: one.record.serial } : null)
  return tokenDetailsOf(token, placeOf(token), { replacedBy: reference(successor), replaces: reference(replaced) })
}

async function placesFor(
  { administration: { read }, clock }: Services,
  tokens: readonly ManagedToken[],
): Promise<(token: ManagedToken) => TokenPlace> {
  const ownerIds = tokens.map(({ record }) => record.userId)
  const names = await namesFor(read, ownerIds)
  const owners = await ownersOf(read, ownerIds)
  const ground = await policyGround(read)
  const now = clock.now()
  return (token) => {
    const owner = token.record.userId === null ? undefined : owners.get(token.record.userId)
    const domainId = owner?.user.securityDomainId ?? token.securityDomainId
    return { names, now, policy: policiesInForce(ground, domainId).token }
  }
}

async function ownersOf(
  read: Services['administration']['read'],
  ids: readonly (string | null)[],
): Promise<ReadonlyMap<string, ManagedUser>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))]
  const found = wanted.length === 0 ? [] : await read.users.findMany(wanted)
  return new Map(found.map((one) => [one.user.id, one]))
}
