import {
  emergencyAccessOfToken,
  endEmergencyAccess,
  proposeEmergencyAccess,
  saveEmergencyAccess,
  showToken,
} from '@driftlock/application'
import { emergencyAccessEndpoints as e } from '@driftlock/contracts'
import { EMERGENCY_SETTING_WARNINGS, unixMs } from '@driftlock/domain'
import { route, type RoutesOf } from '../api/route.ts'
import type { ApiServices } from '../api/services.ts'
import { emergencyView } from '../views/emergency-view.ts'

/** The page Manage Emergency Access Tokencodes (seed 004): generating proposes, saving makes valid. */
export function emergencyRoutes(services: ApiServices): RoutesOf<typeof e> {
  const { administration, clock } = services
  return {
    getEmergencyAccess: route(e.getEmergencyAccess, async ({ params, context }) => {
      await emergencyAccessOfToken(services, context, { token: params.tokenId })
      const { token } = await showToken(services, context, { token: params.tokenId })
      return emergencyView(token, clock.now())
    }),
    proposeEmergencyAccess: route(e.proposeEmergencyAccess, async ({ params, body, context }) => {
      const settings = { ...body, expiresAt: body.expiresAt === null ? null : unixMs(body.expiresAt) }
      const proposed = await proposeEmergencyAccess(services, context, { token: params.tokenId, settings })
      const token = await administration.read.tokens.find(params.tokenId)
      return {
        codes: [...proposed.codes],
        proposal: proposed.sealedProposal,
        warnings: proposed.warnings.map((code) => ({ code, text: EMERGENCY_SETTING_WARNINGS[code] })),
        pinNeeded: token?.record.passcodeStyle !== 'tokencode-only',
      }
    }),
    saveEmergencyAccess: route(e.saveEmergencyAccess, async ({ params, body, context }) => {
      const { proposal, expiresAt, ifTokenBecomesAvailable } = body
      const settings = { expiresAt: expiresAt === null ? null : unixMs(expiresAt), ifTokenBecomesAvailable }
      const request = { token: params.tokenId, sealedProposal: proposal, settings }
      return emergencyView(await saveEmergencyAccess(services, context, request), clock.now())
    }),
    endEmergencyAccess: route(e.endEmergencyAccess, async ({ params, context }) => {
      await endEmergencyAccess(services, context, { token: params.tokenId })
      return null
    }),
  }
}
