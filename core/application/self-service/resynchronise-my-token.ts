import type { AdministrationContext } from '../administration/administration-context.ts'
import { findToken, requireOwner } from '../administration/find-object.ts'
import { administer } from '../administration/unit-of-work.ts'
import { resynchroniseIn, type ResyncPorts, type ResyncResult } from '../tokens/resynchronise-token.ts'
import { requireFeature } from './require-feature.ts'

export interface ResynchroniseMyTokenRequest {
  readonly token: string
  /** The tokencode showing now, without the PIN, and the one after it. */
  readonly first: string
  readonly second: string
}

/**
 * "Resynchronize Token" in the Self-Service Console (seed 000), by the token's owner. It logs nobody in, never sets a clock
 * back, and a miss counts against the lockout.
 * @throws ApplicationError `FEATURE_NOT_ALLOWED`, `NOT_AUTHORISED` (not the owner), `NOT_FOUND`.
 */
export async function resynchroniseMyToken(
  ports: ResyncPorts,
  context: AdministrationContext,
  { token: name, first, second }: ResynchroniseMyTokenRequest,
): Promise<ResyncResult> {
  const action = 'resynchronise-token'
  return administer(ports, { context, action }, async (unit) => {
    const token = await findToken(unit.tx, name)
    unit.authoriseOwner(token.record.userId)
    await requireFeature(unit.tx, 'self_service.features.troubleshooting_links')
    return resynchroniseIn(unit, ports, { action, token, user: await requireOwner(unit.tx, token), first, second })
  })
}
