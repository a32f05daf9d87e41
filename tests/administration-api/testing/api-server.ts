import { assignToken, createUser, importTokens, installPredefinedRoles } from '@driftlock/application'
import type { Endpoint } from '@driftlock/contracts'
import type { PredefinedRoleId } from '@driftlock/domain'
import {
  administrationApi,
  type ApiServices,
  type HttpServer,
  selfServiceApi,
  serverLogger,
  startHttpServer,
} from '@driftlock/http'
import { newSessionOf } from './new-session.ts'
import { FakeCloud } from '../../use-cases/testing/fake-cloud.ts'
import { COMMAND, type Deployment, openDeployment, totpList } from '../../use-cases/testing/deployment.ts'

export interface ApiServer extends Deployment {
  readonly server: HttpServer
  /** The cookie of a new administrator with this role over the whole tree; without a role, one who may do nothing. */
  cookieOf(role?: PredefinedRoleId): Promise<string>
  /** The cookie of a user's Self-Service Console. */
  ownerCookie(userId: string): Promise<string>
}

/** Both APIs on a scratch deployment, listening on the loopback interface. @param more what an instance has beside its store. */
export async function startApi(more: Pick<ApiServices, 'radiusWatch'> = {}): Promise<ApiServer> {
  const deployment = await openDeployment()
  const { ports, logins } = deployment
  await installPredefinedRoles(ports, COMMAND)
  const services = {
    ...ports,
    authentication: logins,
    highAvailability: { ...ports, cloud: new FakeCloud().service(), instanceName: 'test' },
    auditProof: ports.proof,
    instance: { name: 'test', version: '0' },
    ...more,
  }
  const server = await startHttpServer({
    host: '127.0.0.1',
    port: 0,
    trustedProxies: [],
    requestsPerMinute: 1_000_000,
    logger: serverLogger({ level: 'error' }),
    modules: [administrationApi(services), selfServiceApi(services)],
  })
  const cookieFor = newSessionOf(deployment)
  return {
    ...deployment,
    server,
    async cookieOf(role) {
      const user = await makeUser(deployment, `admin-${role ?? 'nobody'}-${crypto.randomUUID().slice(0, 8)}`)
      await deployment.store.administration.transaction(async (tx) => {
        const now = deployment.clock.now()
        const fresh = { setupCodeMac: null, setupCodeExpiresAt: null, createdAt: now, lastLogOnAt: null, version: 1 }
        await tx.access.insertAdministrator({ userId: user, enabled: true, ...fresh })
        const assignment = { id: crypto.randomUUID(), userId: user, securityDomainId: 'root', createdAt: now }
        if (role !== undefined) await tx.access.assignRole({ ...assignment, roleId: role })
      })
      return cookieFor('security', user)
    },
    ownerCookie: (userId) => cookieFor('self-service', userId),
    async close() {
      await server.stop(1000)
      await deployment.close()
    },
  }
}

export async function makeUser({ ports }: Deployment, username: string): Promise<string> {
  const { user } = await createUser(ports, COMMAND, { username, securityDomainId: 'root' })
  return user.id
}

/** A TOTP token of somebody. @returns its id. */
export async function makeToken(deployment: Deployment, serial: string, user?: string): Promise<string> {
  const { ports } = deployment
  const place = { securityDomainId: 'root', duplicates: 'refuse', origin: 'test', format: 'csv' } as const
  await importTokens(ports, COMMAND, { source: totpList([serial]), ...place })
  if (user !== undefined) await assignToken(ports, COMMAND, { token: serial, user })
  const token = await ports.administration.read.tokens.findBySerial(serial)
  if (token === undefined) throw new Error(`Token ${serial} was not imported.`)
  return token.record.id
}

/** A request for an endpoint with these values in its path. */
export function addressOf({ path }: Endpoint, params: Readonly<Record<string, string>> = {}): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? 'none'))
}
