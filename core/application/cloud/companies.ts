import { normaliseName } from '@driftlock/domain'
import { ApplicationError } from '../errors/application-error.ts'
import type { Company, CloudSource } from '../ports/cloud-subjects.ts'
import { uniqueId } from '../unique-id.ts'
import { cloudEntry } from './cloud-entry.ts'
import { type CloudContext, type CloudPorts, requireCompany, requireService } from './cloud-ports.ts'
import { orAlreadyExists } from './or-already-exists.ts'

const COMPANY_NAME = /^[a-z0-9][a-z0-9.-]{0,62}$/i

/** Creates a company; high availability is off. @throws ApplicationError `NOT_AUTHORISED`, `INVALID_INPUT`, `ALREADY_EXISTS`. */
export async function createCompany(
  ports: CloudPorts,
  context: CloudContext,
  { name, displayName }: Pick<Company, 'name' | 'displayName'>,
): Promise<Company> {
  requireService(context)
  if (!COMPANY_NAME.test(name)) {
    const faults = ['use 1 to 63 letters, digits, points and hyphens: people type it at log-ons.']
    throw new ApplicationError('INVALID_INPUT', { field: 'name', faults })
  }
  const shown = requireName('displayName', displayName === '' ? name : displayName)
  const company: Company = {
    id: uniqueId(ports),
    name,
    displayName: shown,
    haEnabled: false,
    createdAt: ports.clock.now(),
    version: 1,
  }
  await orAlreadyExists({ type: 'company', field: 'name', value: name }, () =>
    ports.cloud.transaction(async (tx) => {
      await tx.insertCompany(company)
      tx.audit(cloudEntry(ports, context, { action: 'create-company', companyId: company.id, after: { name } }))
    }),
  )
  return company
}

/** Renames a company, or switches its high availability. @throws ApplicationError `NOT_FOUND`; StoreError `STALE_VERSION`. */
export async function updateCompany(
  ports: CloudPorts,
  context: CloudContext,
  changes: { readonly companyId: string; readonly displayName?: string; readonly haEnabled?: boolean },
): Promise<Company> {
  return ports.cloud.transaction(async (tx) => {
    const before = await requireCompany(tx, context, changes.companyId)
    const { displayName = before.displayName, haEnabled = before.haEnabled } = changes
    const company = { ...before, displayName: requireName('displayName', displayName), haEnabled }
    await tx.updateCompany(company)
    const facts = (one: Company) => ({ displayName: one.displayName, haEnabled: one.haEnabled })
    const after = facts(company)
    tx.audit(
      cloudEntry(ports, context, { action: 'update-company', companyId: before.id, before: facts(before), after }),
    )
    return { ...company, version: company.version + 1 }
  })
}

/** Creates an identity source. @throws ApplicationError `NOT_FOUND`, `INVALID_INPUT`, `ALREADY_EXISTS`. */
export async function createSource(
  ports: CloudPorts,
  context: CloudContext,
  { companyId, name }: Pick<CloudSource, 'companyId' | 'name'>,
): Promise<CloudSource> {
  const source = { id: uniqueId(ports), companyId, name: requireName('name', name) }
  await orAlreadyExists({ type: 'identity-source', field: 'name', value: name }, () =>
    ports.cloud.transaction(async (tx) => {
      await requireCompany(tx, context, companyId)
      await tx.insertSource(source)
      tx.audit(cloudEntry(ports, context, { action: 'create-identity-source', companyId, after: { name } }))
    }),
  )
  return source
}

/** A name as it is kept. @throws ApplicationError `INVALID_INPUT` naming the field. */
export function requireName(field: string, raw: string): string {
  const name = normaliseName(raw, 255)
  if (name !== undefined) return name.text
  throw new ApplicationError('INVALID_INPUT', {
    field,
    faults: ['enter 1 to 255 characters, none of them invisible.'],
  })
}
