import { z } from 'zod'
import { endpoint, needs } from '../endpoint.ts'
import { countedPageOf } from '../paging/page.ts'
import { nothing } from '../values.ts'
import {
  assignToken,
  bulkResult,
  bulkTokenAct,
  driftHistoryQuery,
  markTokenLost,
  replacedToken,
  replaceToken,
  resynchronised,
  resynchroniseToken,
  tokenParams,
  tokenQuery,
  updateToken,
} from './token-acts.ts'
import { driftPoint, tokenDetails, tokenSummary } from './token.ts'

const params = tokenParams
const PATH = '/api/v1/tokens/{tokenId}'

/** An act on one token that needs nothing but its name and answers with the token as it is then. */
const plainAct = { method: 'POST', params, response: tokenDetails } as const

export const tokenEndpoints = {
  listTokens: endpoint({
    method: 'GET',
    path: '/api/v1/tokens',
    summary: 'Search tokens',
    access: needs('view-tokens'),
    query: tokenQuery,
    response: countedPageOf(tokenSummary),
  }),
  getToken: endpoint({
    method: 'GET',
    path: PATH,
    summary: 'One token with windows, clock and forecast',
    access: needs('view-tokens'),
    params,
    response: tokenDetails,
  }),
  updateToken: endpoint({
    method: 'PATCH',
    path: PATH,
    summary: 'Change the record of a token',
    access: needs('update-token'),
    precondition: true,
    params,
    body: updateToken,
    response: tokenDetails,
  }),
  deleteToken: endpoint({
    method: 'DELETE',
    path: PATH,
    summary: 'Delete an unassigned token',
    access: needs('delete-token'),
    precondition: true,
    status: 204,
    params,
    response: nothing,
  }),
  getDriftHistory: endpoint({
    method: 'GET',
    path: `${PATH}/drift-history`,
    summary: 'How far off the clock was at each log-on, oldest first',
    access: needs('view-tokens'),
    params,
    query: driftHistoryQuery,
    response: z.object({ points: z.array(driftPoint) }),
  }),
  assignToken: endpoint({
    ...plainAct,
    path: `${PATH}/assign`,
    summary: 'Give a token to a user',
    access: needs('assign-token'),
    body: assignToken,
  }),
  unassignToken: endpoint({
    ...plainAct,
    path: `${PATH}/unassign`,
    summary: 'Take a token from its user; clears the PIN',
    access: needs('unassign-token'),
  }),
  enableToken: endpoint({
    ...plainAct,
    path: `${PATH}/enable`,
    summary: 'Enable a token',
    access: needs('enable-token'),
  }),
  disableToken: endpoint({
    ...plainAct,
    path: `${PATH}/disable`,
    summary: 'Disable a token; it stays assigned',
    access: needs('enable-token'),
  }),
  makeEnableCode: endpoint({
    method: 'POST',
    path: `${PATH}/enable-code`,
    summary: 'The code by which its user enables a token that was sent disabled',
    access: needs('enable-token'),
    params,
    response: z.object({ enableCode: z.string() }),
  }),
  expireToken: endpoint({
    ...plainAct,
    path: `${PATH}/expire`,
    summary: 'End a token now; it stays assigned and listed',
    access: needs('update-token'),
  }),
  markTokenLost: endpoint({
    ...plainAct,
    path: `${PATH}/mark-lost`,
    summary: 'Report a token lost or found',
    access: needs('mark-token-lost'),
    body: markTokenLost,
  }),
  replaceToken: endpoint({
    ...plainAct,
    path: `${PATH}/replace`,
    summary: 'Give another token in the place of this one; both work until the new one is used',
    access: needs('replace-token'),
    body: replaceToken,
    response: replacedToken,
  }),
  resynchroniseToken: endpoint({
    ...plainAct,
    path: `${PATH}/resynchronise`,
    summary: 'Resynchronise a token by two successive tokencodes',
    access: needs('resynchronise-token', 'set-back-token'),
    body: resynchroniseToken,
    response: resynchronised,
  }),
  clearPin: endpoint({
    ...plainAct,
    path: `${PATH}/clear-pin`,
    summary: 'Clear the PIN: the user sets a new one at the next log-on',
    access: needs('clear-pin'),
  }),
  forceNewPin: endpoint({
    ...plainAct,
    path: `${PATH}/force-new-pin`,
    summary: 'Demand a new PIN at the next log-on; the old one is needed for it',
    access: needs('force-new-pin'),
  }),
  setTemporaryPin: endpoint({
    method: 'POST',
    path: `${PATH}/temporary-pin`,
    summary: 'Set a temporary PIN, made by the system; shown once, and changed at the next log-on',
    access: needs('clear-pin'),
    params,
    response: z.object({ pin: z.string() }),
  }),
  bulkTokens: endpoint({
    method: 'POST',
    path: '/api/v1/tokens/bulk',
    summary: 'One act on named tokens',
    access: needs(
      'enable-token',
      'unassign-token',
      'delete-token',
      'mark-token-lost',
      'clear-pin',
      'force-new-pin',
      'end-emergency-access',
      'update-token',
    ),
    body: bulkTokenAct,
    response: bulkResult,
  }),
} as const
