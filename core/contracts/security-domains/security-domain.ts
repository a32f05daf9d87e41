import { z } from 'zod'
import { endpoint, needs } from '../endpoint.ts'
import { id, nothing, text } from '../values.ts'

export const securityDomain = z
  .object({
    id,
    name: z.string(),
    path: z.string().describe('Names from the root down'),
    parentId: z.string().nullable().describe('null = the root'),
    notes: z.string(),
    version: z.int(),
  })
  .meta({ id: 'SecurityDomain' })

const params = z.object({ securityDomainId: id })
const PATH = '/api/v1/security-domains/{securityDomainId}'

export const securityDomainEndpoints = {
  listSecurityDomains: endpoint({
    method: 'GET',
    path: '/api/v1/security-domains',
    summary: 'The part of the tree the caller may see, parents before their children',
    access: needs('view-security-domains'),
    response: z.object({ items: z.array(securityDomain) }),
  }),
  getSecurityDomain: endpoint({
    method: 'GET',
    path: PATH,
    summary: 'One security domain',
    access: needs('view-security-domains'),
    params,
    response: securityDomain,
  }),
  createSecurityDomain: endpoint({
    method: 'POST',
    path: '/api/v1/security-domains',
    summary: 'Create a security domain',
    access: needs('create-security-domain'),
    status: 201,
    body: z.object({ name: text(128), parentId: id, notes: text(1024).optional() }),
    response: securityDomain,
  }),
  updateSecurityDomain: endpoint({
    method: 'PATCH',
    path: PATH,
    summary: 'Rename or move a security domain',
    access: needs('update-security-domain'),
    precondition: true,
    params,
    body: z.object({ name: text(128), parentId: id, notes: text(1024) }).partial(),
    response: securityDomain,
  }),
  deleteSecurityDomain: endpoint({
    method: 'DELETE',
    path: PATH,
    summary: 'Delete an empty security domain',
    access: needs('delete-security-domain'),
    precondition: true,
    status: 204,
    params,
    response: nothing,
  }),
} as const

export type SecurityDomain = z.infer<typeof securityDomain>
