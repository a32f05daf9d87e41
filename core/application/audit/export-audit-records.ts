import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { authorisedDomains } from '../administration/authorise-act.ts'
import { administer } from '../administration/unit-of-work.ts'
import type { AuditFilter } from '../ports/audit-store.ts'
import { auditCsvHeader, auditCsvLine, auditJsonLine } from './export-audit.ts'

export interface ExportAuditRequest {
  readonly filter: Omit<AuditFilter, 'securityDomainIds'>
  readonly within?: string
  readonly format: 'csv' | 'json-lines'
}

const PAGE = 500

/** Audit records as text, oldest first, in pieces of some hundred lines. The export is audited before its first line. */
export async function* exportAuditRecords(
  ports: AdministrationPorts,
  context: AdministrationContext,
  { filter, within, format }: ExportAuditRequest,
): AsyncGenerator<string> {
  const ids = await administer(ports, { context, action: 'export-audit' }, async (unit) => {
    const permission = 'export-audit'
    const allowed = await authorisedDomains(unit.tx, context, { permission, within })
    await unit.authorise({ permission, securityDomainId: allowed?.[0] ?? null })
    unit.audit({ action: permission, after: { filter, within: within ?? null, format } })
    return allowed
  })
  const lineOf = format === 'csv' ? auditCsvLine : auditJsonLine
  if (format === 'csv') yield auditCsvHeader()
  const { auditLog } = ports.administration.read
  const sought = { ...filter, ...(ids !== undefined && { securityDomainIds: ids }) }
  for (let after: string | undefined; ; ) {
    const page = { limit: PAGE, oldestFirst: true, ...(after !== undefined && { after }) }
    const { items, next } = await auditLog.search(sought, page)
    yield items.map(lineOf).join('')
    if (next === undefined) return
    after = next
  }
}
