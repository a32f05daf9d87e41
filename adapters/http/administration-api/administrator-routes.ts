import {
  type AdministratorView,
  ApplicationError,
  assignRole,
  createApiKey,
  deleteRole,
  grantsOf,
  listAdministrators,
  listApiKeys,
  listRoles,
  makeAdministrator,
  permissionsOf,
  revokeApiKey,
  revokeRole,
  type Role,
  saveRole,
  treeOf,
} from '@driftlock/application'
import { administratorEndpoints as e } from '@driftlock/contracts'
import { heldPermissions, unixMs } from '@driftlock/domain'
import { requireSame } from '../api/precondition.ts'
import { type Call, route, type RoutesOf } from '../api/route.ts'
import type { ApiServices } from '../api/services.ts'
import { administratorViews, apiKeyViews, heldView, roleView } from '../views/administrator-view.ts'

export function administratorRoutes(services: ApiServices): RoutesOf<typeof e> {
  return { ...peopleRoutes(services), ...roleRoutes(services), ...apiKeyRoutes(services) }
}

type Context = Call['context']

async function oneAdministrator(services: ApiServices, context: Context, userId: string): Promise<AdministratorView> {
  const found = (await listAdministrators(services, context)).find(({ user }) => user.user.id === userId)
  if (found === undefined) throw new ApplicationError('NOT_FOUND', { type: 'administrator', id: userId })
  return found
}

function peopleRoutes(services: ApiServices) {
  const { read } = services.administration
  const shown = async (context: Context, userId: string) => {
    const [view] = await administratorViews(read, [await oneAdministrator(services, context, userId)])
    if (view === undefined) throw new TypeError('One administrator has one view.')
    return view
  }
  return {
    listAdministrators: route(e.listAdministrators, async ({ context }) => ({
      items: await administratorViews(read, await listAdministrators(services, context)),
    })),
    getAdministrator: route(e.getAdministrator, async ({ params, context }) => {
      const view = await shown(context, params.userId)
      await permissionsOf(services, context, { user: params.userId })
      const tree = await treeOf(read)
      return { ...view, held: heldView(heldPermissions({ grants: await grantsOf(read, params.userId) }, tree), tree) }
    }),
    createAdministrator: route(e.createAdministrator, async ({ body, context }) => {
      const { userId, setupCode } = await makeAdministrator(services, context, { user: body.userId })
      return { administrator: await shown(context, userId), setupCode }
    }),
    assignRole: route(e.assignRole, async ({ params, body, context }) => {
      await assignRole(services, context, { ...body, user: params.userId })
      return shown(context, params.userId)
    }),
    revokeRole: route(e.revokeRole, async ({ params, context }) => {
      await revokeRole(services, context, { assignmentId: params.assignmentId })
      return shown(context, params.userId)
    }),
  }
}

function roleRoutes(services: ApiServices) {
  const { read } = services.administration
  const found = async (roleId: string): Promise<Role> => {
    const role = await read.access.role(roleId)
    if (role === undefined) throw new ApplicationError('NOT_FOUND', { type: 'role', id: roleId })
    return role
  }
  return {
    listRoles: route(e.listRoles, async ({ context }) => ({
      items: (await listRoles(services, context)).map(roleView),
    })),
    createRole: route(e.createRole, async ({ body, context }) => roleView(await saveRole(services, context, body))),
    updateRole: route(e.updateRole, async ({ params, body, version, context }) => {
      const { roleId } = params
      const before = await found(roleId)
      requireSame(version, before.version)
      const { name = before.name, permissions = roleView(before).permissions } = body
      await saveRole(services, context, { roleId, name, permissions })
      return roleView(await found(roleId))
    }),
    deleteRole: route(e.deleteRole, async ({ params, version, context }) => {
      requireSame(version, (await found(params.roleId)).version)
      await deleteRole(services, context, params)
      return null
    }),
  }
}

function apiKeyRoutes(services: ApiServices) {
  const { read } = services.administration
  const shown = async (context: Context, id: string) => {
    const key = (await listApiKeys(services, context)).find((one) => one.id === id)
    const [view] = key === undefined ? [] : await apiKeyViews(read, [key])
    if (view === undefined) throw new ApplicationError('NOT_FOUND', { type: 'api-key', id })
    return view
  }
  return {
    listApiKeys: route(e.listApiKeys, async ({ context }) => ({
      items: await apiKeyViews(read, await listApiKeys(services, context)),
    })),
    createApiKey: route(e.createApiKey, async ({ body, caller, context }) => {
      const user = caller.type === 'administrator' ? caller.userId : ''
      const expiresAt = body.expiresAt === null ? null : unixMs(body.expiresAt)
      const { id, apiKey } = await createApiKey(services, context, { ...body, user, expiresAt })
      return { apiKey: await shown(context, id), secret: apiKey }
    }),
    revokeApiKey: route(e.revokeApiKey, async ({ params, context }) => {
      await revokeApiKey(services, context, { id: params.apiKeyId })
      return shown(context, params.apiKeyId)
    }),
  }
}
