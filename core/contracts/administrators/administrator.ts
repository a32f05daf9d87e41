import { z } from 'zod'
import { endpoint, needs } from '../endpoint.ts'
import { permission } from '../permissions.ts'
import { domainReference, id, instant, nothing, text, userReference } from '../values.ts'

export const role = z
  .object({ id, name: z.string(), permissions: z.array(permission), predefined: z.boolean(), version: z.int() })
  .meta({ id: 'Role' })

/** A role in a scope: the domain and everything below it. */
export const roleAssignment = z
  .object({ id, roleId: id, roleName: z.string(), scope: domainReference, createdAt: instant })
  .meta({ id: 'RoleAssignment' })

export const administrator = z
  .object({
    user: userReference,
    enabled: z.boolean(),
    createdAt: instant,
    lastLogOnAt: instant.nullable(),
    setUpPending: z.boolean().describe('The set-up code was not used yet'),
    assignments: z.array(roleAssignment),
  })
  .meta({ id: 'Administrator' })

/** "What may this person do": every permission held anywhere, with the topmost domains it holds in. */
export const heldPermission = z
  .object({ permission, text: z.string(), domains: z.array(domainReference) })
  .meta({ id: 'HeldPermission' })

export const apiKey = z
  .object({
    id,
    name: z.string(),
    user: userReference,
    permissions: z.array(permission).describe("Narrows the administrator's own; empty = all of them"),
    createdAt: instant,
    expiresAt: instant.nullable(),
    lastUsedAt: instant.nullable(),
    revokedAt: instant.nullable(),
  })
  .meta({ id: 'ApiKey' })

const params = z.object({ userId: id })
const PATH = '/api/v1/administrators/{userId}'
const roleBody = z.object({ name: text(128), permissions: z.array(permission).max(100) })
const roleParams = z.object({ roleId: id })

export const administratorEndpoints = {
  listAdministrators: endpoint({
    method: 'GET',
    path: '/api/v1/administrators',
    summary: 'Administrators with roles and scopes',
    access: needs('view-administrators'),
    response: z.object({ items: z.array(administrator) }),
  }),
  getAdministrator: endpoint({
    method: 'GET',
    path: PATH,
    summary: 'What may this person do',
    access: needs('view-administrators'),
    params,
    response: administrator.extend({ held: z.array(heldPermission) }),
  }),
  createAdministrator: endpoint({
    method: 'POST',
    path: '/api/v1/administrators',
    summary: 'Make a user an administrator',
    access: needs('create-administrator'),
    status: 201,
    body: z.object({ userId: id }),
    response: z.object({ administrator, setupCode: z.string().describe('Shown once; sets the password') }),
  }),
  assignRole: endpoint({
    method: 'POST',
    path: `${PATH}/roles`,
    summary: 'Give a role in a scope',
    access: needs('assign-role'),
    status: 201,
    params,
    body: z.object({ roleId: id, securityDomainId: id }),
    response: administrator,
  }),
  revokeRole: endpoint({
    method: 'DELETE',
    path: `${PATH}/roles/{assignmentId}`,
    summary: 'Take a role back',
    access: needs('revoke-role'),
    params: params.extend({ assignmentId: id }),
    response: administrator,
  }),
  listRoles: endpoint({
    method: 'GET',
    path: '/api/v1/roles',
    summary: 'Roles and what they hold',
    access: needs('view-administrators'),
    response: z.object({ items: z.array(role) }),
  }),
  createRole: endpoint({
    method: 'POST',
    path: '/api/v1/roles',
    summary: 'Make a role',
    access: needs('assign-role'),
    status: 201,
    body: roleBody,
    response: role,
  }),
  updateRole: endpoint({
    method: 'PATCH',
    path: '/api/v1/roles/{roleId}',
    summary: 'Change a role of your own',
    access: needs('assign-role'),
    precondition: true,
    params: roleParams,
    body: roleBody.partial(),
    response: role,
  }),
  deleteRole: endpoint({
    method: 'DELETE',
    path: '/api/v1/roles/{roleId}',
    summary: 'Delete a role nobody holds',
    access: needs('revoke-role'),
    precondition: true,
    status: 204,
    params: roleParams,
    response: nothing,
  }),
  listApiKeys: endpoint({
    method: 'GET',
    path: '/api/v1/api-keys',
    summary: 'API keys, without their secrets',
    access: needs('view-api-keys'),
    response: z.object({ items: z.array(apiKey) }),
  }),
  createApiKey: endpoint({
    method: 'POST',
    path: '/api/v1/api-keys',
    summary: 'Make an API key for yourself',
    access: needs('create-api-key'),
    status: 201,
    body: z.object({ name: text(128), permissions: z.array(permission).max(100), expiresAt: instant.nullable() }),
    response: z.object({ apiKey, secret: z.string().describe('Shown once: Authorization: Bearer …') }),
  }),
  revokeApiKey: endpoint({
    method: 'DELETE',
    path: '/api/v1/api-keys/{apiKeyId}',
    summary: 'Revoke an API key at once',
    access: needs('revoke-api-key'),
    params: z.object({ apiKeyId: id }),
    response: apiKey,
  }),
} as const

export type Role = z.infer<typeof role>
export type RoleAssignment = z.infer<typeof roleAssignment>
export type Administrator = z.infer<typeof administrator>
export type HeldPermission = z.infer<typeof heldPermission>
export type ApiKey = z.infer<typeof apiKey>
