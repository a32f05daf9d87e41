import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { authorisedDomains } from '../administration/authorise-act.ts'
import type { SecurityDomain } from '../ports/security-domain-store.ts'

/** The security domains somebody may see, in the order of the name. */
export async function listSecurityDomains(
  { administration: { read } }: AdministrationPorts,
  context: AdministrationContext,
): Promise<readonly SecurityDomain[]> {
  const visible = await authorisedDomains(read, context, { permission: 'view-security-domains' })
  const all = await read.securityDomains.all()
  return visible === undefined ? all : all.filter(({ id }) => visible.includes(id))
}
