import { authenticate, type LoginRequest, type LoginResult } from '../authentication/authenticate.ts'
import type { AuthenticationPorts } from '../authentication/authentication-ports.ts'
import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { authoriseOwner } from '../administration/authorise-act.ts'
import { findUser } from '../administration/find-object.ts'

/**
 * "Test authentication" (seed 000): a log-on like any other, next tokencode and new PIN included; it spends the code and counts,
 * and opens no session.
 */
export async function testAuthentication(
  ports: AuthenticationPorts & Pick<AdministrationPorts, 'administration'>,
  context: AdministrationContext,
  { userId, entry }: { readonly userId: string; readonly entry: LoginRequest['entry'] },
): Promise<LoginResult> {
  authoriseOwner(context, userId)
  const { user } = await findUser(ports.administration.read, userId)
  const { actor, clientAddress, requestId } = context
  const origin = {
    actor,
    ...(clientAddress !== undefined && { clientAddress }),
    ...(requestId !== undefined && { requestId }),
  }
  return authenticate(ports, { username: user.username, entry, origin })
}
