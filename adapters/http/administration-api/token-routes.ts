import {
  assignToken,
  clearPin,
  countTokens,
  deleteToken,
  disableToken,
  enableCodeFor,
  enableToken,
  expireToken,
  forceNewPin,
  type ManagedToken,
  markTokenLost,
  replaceToken,
  resynchroniseToken,
  searchTokens,
  setPin,
  showToken,
  type SearchTokensRequest,
  unassignToken,
  updateToken,
} from '@driftlock/application'
import { tokenEndpoints as e, type Worded } from '@driftlock/contracts'
import { REASONS, unixMs } from '@driftlock/domain'
import { requireSame } from '../api/precondition.ts'
import { type Call, route, type RoutesOf } from '../api/route.ts'
import type { ApiServices } from '../api/services.ts'
import { defined } from '../views/defined.ts'
import { withInstants } from '../views/with-instants.ts'
import { presentToken, presentTokens } from '../views/present-tokens.ts'
import { bulkTokens } from './bulk-tokens.ts'
import { driftHistory } from './drift-history.ts'

/** Lists say how many match up to here. */
export const COUNT_BOUND = 10_000

/** Why a pair of codes is not found (seed 000). */
export const RESYNC_CAUSES: readonly Worded[] = [
  {
    code: 'server-time',
    text: 'The server time is fast or slow by more than 12 hours compared to the token time: check the server’s date and time zone.',
  },
  {
    code: 'token-time',
    text: 'The token time is fast or slow by more than 12 hours: software tokens on desktops and laptops take it from the computer.',
  },
  { code: 'another-token', text: 'The token is not the one assigned to the user.' },
  {
    code: 'redistributed',
    text: 'The software token was distributed again without the original being replaced on the device.',
  },
  { code: 'not-successive', text: 'The two codes were not successive.' },
]

export function tokenRoutes(services: ApiServices): RoutesOf<typeof e> {
  return { ...tokenRecordRoutes(services), ...tokenActRoutes(services), ...pinRoutes(services) }
}

function tokenRecordRoutes(services: ApiServices) {
  return {
    listTokens: route(e.listTokens, async ({ query, context }) => {
      const request = searchOf(query)
      const page = await searchTokens(services, context, request)
      const total =
        query.count === true ? await countTokens(services, context, { ...request, bound: COUNT_BOUND }) : undefined
      return { ...page, items: await presentTokens(services, page.items), ...(total !== undefined && { total }) }
    }),
    getToken: route(e.getToken, async ({ params, context }) => {
      const { token } = await showToken(services, context, { token: params.tokenId })
      return presentToken(services, token)
    }),
    updateToken: route(e.updateToken, async ({ params, body, version, context }) => {
      const request = { ...withInstants(body), token: params.tokenId, ...defined({ version }) }
      return presentToken(services, await updateToken(services, context, request))
    }),
    deleteToken: route(e.deleteToken, async ({ params, version, context }) => {
      const { token } = await showToken(services, context, { token: params.tokenId })
      requireSame(version, token.state.version)
      await deleteToken(services, context, { token: params.tokenId })
      return null
    }),
    getDriftHistory: route(e.getDriftHistory, async ({ params, query, context }) => {
      const { token } = await showToken(services, context, { token: params.tokenId })
      return { points: await driftHistory(services, token, query) }
    }),
    bulkTokens: route(e.bulkTokens, async ({ body, context }) => bulkTokens(services, context, body)),
  }
}

type PlainAct = (ports: ApiServices, context: Call['context'], request: { token: string }) => Promise<ManagedToken>

function tokenActRoutes(services: ApiServices) {
  const plain =
    (act: PlainAct) =>
    async ({ params, context }: Pick<Call<typeof e.enableToken>, 'params' | 'context'>) =>
      presentToken(services, await act(services, context, { token: params.tokenId }))
  return {
    assignToken: route(e.assignToken, async ({ params, body, context }) => {
      const { user, enabled } = body
      const request = { token: params.tokenId, user, ...(enabled !== undefined && { enabled }) }
      return presentToken(services, await assignToken(services, context, request))
    }),
    unassignToken: route(e.unassignToken, plain(unassignToken)),
    enableToken: route(e.enableToken, plain(enableToken)),
    disableToken: route(e.disableToken, plain(disableToken)),
    expireToken: route(e.expireToken, plain(expireToken)),
    makeEnableCode: route(e.makeEnableCode, async ({ params, context }) =>
      enableCodeFor(services, context, { token: params.tokenId }),
    ),
    markTokenLost: route(e.markTokenLost, async ({ params, body, context }) =>
      presentToken(services, await markTokenLost(services, context, { token: params.tokenId, lost: body.lost })),
    ),
    replaceToken: route(e.replaceToken, async ({ params, body, context }) => {
      const { replacement } = body
      const request = { token: params.tokenId, ...(replacement !== undefined && { replacement }) }
      const done = await replaceToken(services, context, request)
      return {
        replaced: await presentToken(services, done.replaced),
        replacement: await presentToken(services, done.replacement),
      }
    }),
    resynchroniseToken: route(e.resynchroniseToken, async ({ params, body, context }) => {
      const result = await resynchroniseToken(services, context, { ...body, token: params.tokenId })
      const { token } = await showToken(services, context, { token: params.tokenId })
      const { outcome, reason, clockOffMs = null } = result
      const possibleCauses = reason === 'resync-pair-not-found' ? [...RESYNC_CAUSES] : []
      const text = REASONS[reason].helpDesk
      return { outcome, reason, text, possibleCauses, clockOffMs, token: await presentToken(services, token) }
    }),
  }
}

function pinRoutes(services: ApiServices) {
  return {
    clearPin: route(e.clearPin, async ({ params, context }) =>
      presentToken(services, await clearPin(services, context, { token: params.tokenId })),
    ),
    forceNewPin: route(e.forceNewPin, async ({ params, context }) =>
      presentToken(services, await forceNewPin(services, context, { token: params.tokenId })),
    ),
    setTemporaryPin: route(e.setTemporaryPin, async ({ params, context }) =>
      setPin(services, context, { token: params.tokenId }),
    ),
  }
}

function searchOf(query: Call<typeof e.listTokens>['query']): SearchTokensRequest {
  const { limit, after, sort, securityDomainId, count: _count, serial, redistributionPending, ...rest } = query
  const { expiresFrom, expiresBefore, leavesWindowBefore, unusedSince, ...plain } = rest
  const instant = (value: number | undefined) => (value === undefined ? undefined : unixMs(value))
  const filter = defined({
    ...plain,
    serialPrefix: serial,
    hasPendingSeed: redistributionPending,
    expiresFrom: instant(expiresFrom),
    expiresBefore: instant(expiresBefore),
    leavesWindowBefore: instant(leavesWindowBefore),
    unusedSince: instant(unusedSince),
  })
  return { filter, limit, sort, ...defined({ after, within: securityDomainId }) }
}
