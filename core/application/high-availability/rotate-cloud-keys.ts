import type { AdministrationContext } from '../administration/administration-context.ts'
import { authoriseAct } from '../administration/authorise-act.ts'
import { type HaPorts, openSession, requireConnection } from './ha-ports.ts'
import { renewKeys } from './renew-keys.ts'

/** Changes the keys of the connection now. @throws CloudError; ApplicationError `CLOUD_NOT_CONNECTED`, `NOT_AUTHORISED`. */
export async function rotateCloudKeys(ports: HaPorts, context: AdministrationContext): Promise<void> {
  const { read } = ports.administration
  await authoriseAct(read, context, { permission: 'manage-high-availability', securityDomainId: null })
  const connection = await requireConnection(ports)
  await renewKeys(ports, connection, await openSession(ports, connection))
}
