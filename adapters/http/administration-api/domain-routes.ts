import {
  authoriseAct,
  clearPolicy,
  createSecurityDomain,
  deleteSecurityDomain,
  listSecurityDomains,
  requireSecurityDomain,
  type SecurityDomain as StoredDomain,
  setPolicy,
  type SetPolicyRequest,
  treeOf,
  updateSecurityDomain,
} from '@driftlock/application'
import { policyEndpoints as p, type SecurityDomain, securityDomainEndpoints as e } from '@driftlock/contracts'
import { domainPath, type DomainTree } from '@driftlock/domain'
import { ApiError } from '../api/api-error.ts'
import { requireSame } from '../api/precondition.ts'
import { type Call, route, type RoutesOf } from '../api/route.ts'
import type { ApiServices } from '../api/services.ts'
import { defined } from '../views/defined.ts'
import { domainPolicies } from '../views/policy-view.ts'

/** The tree of security domains. */
export function securityDomainRoutes(services: ApiServices): RoutesOf<typeof e> {
  const { read } = services.administration
  const shown = async (domain: StoredDomain) => domainView(domain, await treeOf(read))
  const found = async ({ params, context }: Pick<Call<typeof e.getSecurityDomain>, 'params' | 'context'>) => {
    const domain = await requireSecurityDomain(read, params.securityDomainId)
    await authoriseAct(read, context, { permission: 'view-security-domains', securityDomainId: domain.id })
    return domain
  }
  return {
    listSecurityDomains: route(e.listSecurityDomains, async ({ context }) => {
      const tree = await treeOf(read)
      const items = (await listSecurityDomains(services, context)).map((one) => domainView(one, tree))
      return { items: items.toSorted((a, b) => a.path.localeCompare(b.path)) }
    }),
    getSecurityDomain: route(e.getSecurityDomain, async (call) => shown(await found(call))),
    createSecurityDomain: route(e.createSecurityDomain, async ({ body, context }) => {
      const { notes, ...rest } = body
      return shown(await createSecurityDomain(services, context, { ...rest, ...defined({ notes }) }))
    }),
    updateSecurityDomain: route(e.updateSecurityDomain, async ({ params, body, version, context }) => {
      requireSame(version, (await requireSecurityDomain(read, params.securityDomainId)).version)
      return shown(await updateSecurityDomain(services, context, { ...defined(body), ...params }))
    }),
    deleteSecurityDomain: route(e.deleteSecurityDomain, async ({ params, version, context }) => {
      requireSame(version, (await requireSecurityDomain(read, params.securityDomainId)).version)
      await deleteSecurityDomain(services, context, params)
      return null
    }),
  }
}

function domainView({ id, name, parentId, notes, version }: StoredDomain, tree: DomainTree): SecurityDomain {
  return { id, name, path: domainPath(id, tree), parentId, notes, version }
}

/** Policies of a domain: what holds, whence, and what it sets itself. */
export function policyRoutes(services: ApiServices): RoutesOf<typeof p> {
  const { read } = services.administration
  return {
    getPolicies: route(p.getPolicies, async ({ params, context }) => {
      const { securityDomainId } = params
      await requireSecurityDomain(read, securityDomainId)
      await authoriseAct(read, context, { permission: 'view-policies', securityDomainId })
      return domainPolicies(read, securityDomainId)
    }),
    setPolicy: route(p.setPolicy, async ({ params, body, version, context }) => {
      const { securityDomainId, kind } = params
      if (body.kind !== kind) throw new ApiError('INVALID_REQUEST', { detail: 'kind: the path and the body differ.' })
      const request = { securityDomainId, ...body, ...defined({ version }) } as SetPolicyRequest // kind and value of one body
      await setPolicy(services, context, request)
      return domainPolicies(read, securityDomainId)
    }),
    inheritPolicy: route(p.inheritPolicy, async ({ params, version, context }) => {
      const { securityDomainId, kind } = params
      const set = (await read.configuration.policiesOf(securityDomainId)).find((one) => one.kind === kind)
      requireSame(version, set?.version ?? 0)
      await clearPolicy(services, context, { securityDomainId, kind })
      return domainPolicies(read, securityDomainId)
    }),
  }
}
