import {
  type Distributed,
  type DistributionMethod,
  distributeToken,
  redistributeTokens,
  undoRedistribution,
} from '@driftlock/application'
import { distributionEndpoints as e, type TokenPackage } from '@driftlock/contracts'
import { route, type RoutesOf } from '../api/route.ts'
import type { ApiServices } from '../api/services.ts'
import { defined } from '../views/defined.ts'
import { presentToken } from '../views/present-tokens.ts'

const ISSUER = 'Driftlock'

/** Software tokens on their way to a device. */
export function distributionRoutes(services: ApiServices): RoutesOf<typeof e> {
  return {
    distributeToken: route(e.distributeToken, async ({ params, body, context }) =>
      packageOf(services, await distributeToken(services, context, { token: params.tokenId, method: methodOf(body) })),
    ),
    redistributeTokens: route(e.redistributeTokens, async ({ body, context }) => {
      const { tokenIds, confirmCount, ...how } = body
      const request = { tokens: tokenIds, confirmedCount: confirmCount, method: methodOf(how) }
      const distributed = await redistributeTokens(services, context, request)
      const packages: TokenPackage[] = []
      for (const one of distributed) packages.push(await packageOf(services, one))
      return { packages }
    }),
    undoRedistribution: route(e.undoRedistribution, async ({ params, context }) =>
      presentToken(services, await undoRedistribution(services, context, { token: params.tokenId })),
    ),
  }
}

interface How {
  readonly method: Distributed['method']
  readonly password?: string | undefined
  readonly deviceId: string
}

function methodOf({ method, password, deviceId }: How): DistributionMethod {
  const protection = defined({ password, deviceId: deviceId === '' ? undefined : deviceId })
  switch (method) {
    case 'sdtid':
      return { type: 'sdtid', ...protection }
    case 'ctf':
      return { type: 'ctf', spelling: 'digits', ...protection }
    case 'otpauth':
      return { type: 'otpauth', issuer: ISSUER }
  }
}

async function packageOf(
  services: ApiServices,
  { serial, method, fileName, text }: Distributed,
): Promise<TokenPackage> {
  const token = await services.administration.read.tokens.findBySerial(serial)
  if (token === undefined) throw new TypeError('A token that was distributed is stored.')
  return {
    method,
    fileName,
    mediaType: method === 'sdtid' ? 'application/xml' : 'text/plain',
    content: text,
    qrText: method === 'sdtid' ? null : text,
    token: await presentToken(services, token),
  }
}
