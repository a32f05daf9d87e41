import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { settleReplacement } from '../tokens/settle-replacement.ts'
import { authenticate, type LoginRequest, type LoginResult } from './authenticate.ts'
import type { AuthenticationPorts } from './authentication-ports.ts'

const SERVER: AdministrationContext = {
  authority: { type: 'system' },
  actor: { type: 'system', id: 'replacement', name: 'replacement' },
}

/**
 * `authenticate`, and at the first use of a replacement the end of the token it replaces (authentication-manager §6.2). A
 * replacement that cannot be settled now is no reason to keep the user out: `settleReplacement` can be asked again.
 * @param onUnsettled Told why; for the log.
 */
export async function authenticateAndSettle(
  ports: AuthenticationPorts & AdministrationPorts,
  request: LoginRequest,
  onUnsettled: (error: unknown) => void = () => undefined,
): Promise<LoginResult> {
  const result = await authenticate(ports, request)
  if (result.outcome !== 'accept' || result.firstUse !== true) return result
  await settleReplacement(ports, SERVER, { user: result.user.id }).catch(onUnsettled)
  return result
}
