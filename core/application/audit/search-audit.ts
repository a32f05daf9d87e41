import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { authorisedDomains } from '../administration/authorise-act.ts'
import { findUser } from '../administration/find-object.ts'
import { LOOK_FOR_MS } from '../administration/search-patience.ts'
import type { AuditFilter, AuditRecord, OutcomeCount } from '../ports/audit-store.ts'
import type { Page, PageRequest } from '../ports/page.ts'
import { authoriseAct } from '../administration/authorise-act.ts'

export interface SearchAuditRequest extends PageRequest {
  readonly filter: Omit<AuditFilter, 'securityDomainIds'>
  readonly within?: string
  readonly oldestFirst?: boolean
}

/**
 * Audit records that somebody may see, newest first. Whoever sees less than the whole deployment sees no records that belong to
 * no security domain (settings, keys, instances). A search that takes long gives a short page, and its `next` goes on.
 */
export async function searchAudit(
  { administration: { read } }: AdministrationPorts,
  context: AdministrationContext,
  { filter, within, ...page }: SearchAuditRequest,
): Promise<Page<AuditRecord>> {
  const ids = await authorisedDomains(read, context, { permission: 'view-audit', within })
  const search = { ...filter, ...(ids !== undefined && { securityDomainIds: ids }) }
  return read.auditLog.search(search, { ...page, lookForMs: LOOK_FOR_MS })
}

/** The recent log-ons of one user with their reasons: the help desk's first look. @throws ApplicationError `NOT_FOUND`. */
export async function recentActivityOf(
  { administration: { read } }: AdministrationPorts,
  context: AdministrationContext,
  { user: name, ...page }: PageRequest & { readonly user: string },
): Promise<Page<AuditRecord>> {
  const { user } = await findUser(read, name)
  await authoriseAct(read, context, { permission: 'view-activity', securityDomainId: user.securityDomainId })
  return read.auditLog.search({ userId: user.id }, page)
}

/** Log-ons by outcome over time, for a chart. */
export async function logOnsOverTime(
  { administration: { read } }: AdministrationPorts,
  context: AdministrationContext,
  {
    from,
    before,
    slotMs,
  }: {
    readonly from: AuditRecord['entry']['at']
    readonly before: AuditRecord['entry']['at']
    readonly slotMs: number
  },
): Promise<readonly OutcomeCount[]> {
  await authoriseAct(read, context, { permission: 'view-activity', securityDomainId: null })
  return read.auditLog.outcomesOverTime(from, before, slotMs)
}
