import {
  ApplicationError,
  changeMyPin,
  enableMyToken,
  getEmergencyCodes,
  type ManagedToken,
  myHistory,
  resynchroniseMyToken,
  testAuthentication,
} from '@driftlock/application'
import { type ChangedPin, type MyToken, selfServiceEndpoints as e, type TestAnswer } from '@driftlock/contracts'
import { REASONS } from '@driftlock/domain'
import { questionView } from '../administration-api/session-routes.ts'
import { RESYNC_CAUSES } from '../administration-api/token-routes.ts'
import { ApiError } from '../api/api-error.ts'
import { type Call, route } from '../api/route.ts'
import type { ApiServices } from '../api/services.ts'
import type { OwnerCaller } from '../sessions/caller.ts'
import { defined } from '../views/defined.ts'
import { myLogOnView, myTokenViews } from './self-service-views.ts'

export function ownerOf(caller: Call['caller']): OwnerCaller {
  if (caller.type !== 'owner') throw new ApiError('NOT_LOGGED_ON')
  return caller
}

/** The troubleshooting entry opens Troubleshoot and nothing else. @throws ApiError `NOT_LOGGED_ON`. */
function wholeLogOn(caller: Call['caller']): OwnerCaller {
  const owner = ownerOf(caller)
  if (owner.entry !== 'log-on') throw new ApiError('NOT_LOGGED_ON')
  return owner
}

async function shownTokens(services: ApiServices, { userId }: OwnerCaller): Promise<MyToken[]> {
  const { read } = services.administration
  const user = await read.users.find(userId)
  if (user === undefined) throw new ApiError('NOT_LOGGED_ON')
  return myTokenViews(services, await read.tokens.ofUser(userId), user.user.securityDomainId)
}

async function shownToken(services: ApiServices, caller: OwnerCaller, tokenId: string): Promise<MyToken> {
  const token = (await shownTokens(services, caller)).find(({ id }) => id === tokenId)
  if (token === undefined) throw new ApplicationError('NOT_FOUND', { type: 'token', id: tokenId })
  return token
}

/** Somebody else's token is not found rather than forbidden. @throws ApplicationError `NOT_FOUND`. */
async function mine({ administration }: ApiServices, { userId }: OwnerCaller, tokenId: string): Promise<ManagedToken> {
  const token = await administration.read.tokens.find(tokenId)
  if (token === undefined || token.record.userId !== userId)
    throw new ApplicationError('NOT_FOUND', { type: 'token', id: tokenId })
  return token
}

export function myTokenRoutes(services: ApiServices) {
  return {
    listMyTokens: route(e.listMyTokens, async ({ caller }) => ({
      items: await shownTokens(services, ownerOf(caller)),
    })),
    listMyLogOns: route(e.listMyLogOns, async ({ query, caller, context }) => {
      const { userId } = wholeLogOn(caller)
      const page = await myHistory(services, context, {
        userId,
        limit: query.limit,
        ...defined({ after: query.after }),
      })
      return { ...page, items: page.items.filter(({ entry }) => entry.action === 'authenticate').map(myLogOnView) }
    }),
    enableMyToken: route(e.enableMyToken, async ({ params, body, caller, context }) => {
      const owner = wholeLogOn(caller)
      await mine(services, owner, params.tokenId)
      await enableMyToken(services, context, { token: params.tokenId, enableCode: body.enableCode })
      return shownToken(services, owner, params.tokenId)
    }),
    ...pinRoutes(services),
    ...troubleRoutes(services),
    ...testRoutes(services),
  }
}

function pinRoutes(services: ApiServices) {
  const change = async (
    { params, caller, context }: Pick<Call<typeof e.changeMyPin>, 'params' | 'caller' | 'context'>,
    pins: { readonly currentPin: string | null; readonly newPin: string; readonly confirmPin: string },
  ): Promise<ChangedPin> => {
    const owner = ownerOf(caller)
    const { tokenId } = params
    await mine(services, owner, tokenId)
    const { confirmPin, ...request } = pins
    if (confirmPin !== pins.newPin)
      throw new ApplicationError('PIN_REFUSED', { faults: ['The two entries of the new PIN differ.'] })
    const changed = await changeMyPin(services, context, { token: tokenId, ...request })
    const text = changed.outcome === 'changed' ? 'Your PIN was changed.' : REASONS[changed.reason].user
    return { outcome: changed.outcome, text, token: await shownToken(services, owner, tokenId) }
  }
  return {
    changeMyPin: route(e.changeMyPin, async (call) => change(call, call.body)),
    forgotMyPin: route(e.forgotMyPin, async (call) => change(call, { ...call.body, currentPin: null })),
  }
}

function troubleRoutes(services: ApiServices) {
  return {
    resynchroniseMyToken: route(e.resynchroniseMyToken, async ({ params, body, caller, context }) => {
      await mine(services, ownerOf(caller), params.tokenId)
      const { outcome, reason } = await resynchroniseMyToken(services, context, { ...body, token: params.tokenId })
      const possibleCauses = reason === 'resync-pair-not-found' ? [...RESYNC_CAUSES] : []
      return { outcome, reason, text: REASONS[reason].user, possibleCauses }
    }),
    getMyEmergencyCodes: route(e.getMyEmergencyCodes, async ({ params, body, caller, context }) => {
      const owner = ownerOf(caller)
      const token = await mine(services, owner, params.tokenId)
      const trouble = body.because === 'permanently-lost' ? 'permanent' : 'temporary'
      const given = await getEmergencyCodes(services, context, { token: params.tokenId, trouble })
      const { emergency } = (await mine(services, owner, params.tokenId)).state
      return {
        tokenSerial: token.record.serial,
        method: emergency?.method.type ?? 'one-time-set',
        codes: [...given.codes],
        expiresAt: given.expiresAt,
        pinNeeded: emergency?.pinNeeded ?? true,
        ifTokenBecomesAvailable: emergency?.ifTokenBecomesAvailable ?? 'deny',
        fileName: `emergency-codes-${token.record.serial}.txt`,
        fileText: given.text,
      }
    }),
  }
}

function testRoutes(services: ApiServices) {
  return {
    testMyLogOn: route(e.testMyLogOn, async ({ body, caller, context }): Promise<TestAnswer> => {
      const { userId } = ownerOf(caller)
      const entry =
        body.type === 'passcode'
          ? body
          : ({ type: 'answer', sealedChallenge: body.continuation, answer: body.answer } as const)
      const result = await testAuthentication(
        { ...services.authentication, administration: services.administration },
        context,
        { userId, entry },
      )
      const text = REASONS[result.reason].user
      if (result.outcome !== 'challenge') return { outcome: result.outcome, text, continuation: null, question: null }
      const { sealedChallenge: continuation, question } = result
      return { outcome: 'question', text, continuation, question: questionView(question) }
    }),
  }
}
