import type { FormFactor, PasscodeStyle } from '@driftlock/domain'
import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { requireSecurityDomain } from '../administration/find-object.ts'
import { administer } from '../administration/unit-of-work.ts'
import { uniqueId } from '../unique-id.ts'
import { detectImportFormat, sampled } from './detect-import-format.ts'
import { IMPORT_READERS, type ImportFormat, type ImportOpening } from './import-formats.ts'
import type { ImportReport } from './import-report.ts'
import { stageFile, type StagedFile } from './stage-file.ts'

export interface ImportTokensRequest extends ImportOpening {
  readonly source: AsyncIterable<Uint8Array>
  readonly format: 'auto' | ImportFormat
  readonly securityDomainId: string
  /** A serial that is there already: left as it is; replaced, keeping owner and PIN; or nothing is imported. */
  readonly duplicates: 'skip' | 'replace' | 'refuse'
  readonly dryRun?: boolean
  /** Name of the file, for the tokens' origin and the audit. */
  readonly origin: string
  /** OATH files do not say these; absent = a key fob whose PIN is typed before the code. */
  readonly formFactor?: FormFactor
  readonly passcodeStyle?: PasscodeStyle
  /** After each chunk of records. */
  readonly onProgress?: (progress: { readonly recordCount: number }) => void
}

/**
 * Imports a file of tokens, all of it or nothing: one bad record refuses the file and the report names each. Memory is bounded
 * by a chunk of records whatever the size: rows are staged first, then moved in one unit. Tokens arrive unassigned and
 * enabled. What is wrong with the file is the report's; what is wrong with the request is thrown.
 * @throws ApplicationError `NOT_AUTHORISED`, `NOT_FOUND` (security domain).
 */
export async function importTokens(
  ports: AdministrationPorts,
  context: AdministrationContext,
  request: ImportTokensRequest,
): Promise<ImportReport> {
  const { read, staging } = ports.administration
  const { securityDomainId, origin, duplicates, dryRun = false, ignoreTokenMacs = false } = request
  const permission = 'import-tokens'
  await requireSecurityDomain(read, securityDomainId)
  await administer(ports, { context, action: permission }, ({ authorise }) =>
    authorise({ permission, securityDomainId }),
  )
  const importId = uniqueId(ports)
  try {
    const { format, file } = await stageRequest(ports, request, importId)
    const report = { format, recordCount: file.recordCount, ...listsOf(file) }
    const none = { inserted: 0, replaced: 0, skipped: 0 }
    const refused = file.errorCount > 0 || (duplicates === 'refuse' && file.duplicateCount > 0)
    if (dryRun && !refused) return { ...report, ...wouldBe(file, duplicates), outcome: 'dry-run' }
    return await administer(ports, { context, action: permission }, async (unit) => {
      await unit.authorise({ permission, securityDomainId })
      const counts = refused ? none : await unit.tx.tokens.moveStaged(importId, duplicates)
      const { recordCount, errorCount } = file
      const facts = { origin, format, duplicates, dryRun, ignoreTokenMacs, recordCount, errorCount }
      const ending = refused ? ({ outcome: 'failure', reason: 'import-refused' } as const) : {}
      unit.audit({ action: permission, ...ending, securityDomainId, after: { ...facts, ...counts } })
      return { ...report, ...counts, outcome: refused ? 'refused' : 'imported' } as const
    })
  } finally {
    await staging.discard(importId)
  }
}

async function stageRequest(
  ports: AdministrationPorts,
  request: ImportTokensRequest,
  importId: string,
): Promise<{ readonly format: ImportFormat; readonly file: StagedFile }> {
  const { sample, chunks } = await sampled(request.source)
  const format = request.format === 'auto' ? detectImportFormat(sample) : request.format
  const { securityDomainId, origin, formFactor = 'key-fob', passcodeStyle = 'fob', onProgress } = request
  const place = { securityDomainId, origin, formFactor, passcodeStyle, now: ports.clock.now() }
  const items = IMPORT_READERS[format](chunks, request)
  return { format, file: await stageFile(ports, { items, importId, place, onProgress }) }
}

function listsOf({ errorCount, errors, duplicateCount, duplicates }: StagedFile) {
  return { errorCount, errors, duplicateCount, duplicates }
}

function wouldBe({ stagedCount, duplicateCount, storedCount }: StagedFile, rule: ImportTokensRequest['duplicates']) {
  const replaced = rule === 'replace' ? storedCount : 0
  return { inserted: stagedCount - duplicateCount, replaced, skipped: duplicateCount - replaced }
}
