import { CLOUD_SERIAL_PREFIX } from '@driftlock/domain'
import { FormatError } from '@driftlock/formats'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import type { StagedDuplicate, StagedToken } from '../ports/token-store.ts'
import { uniqueId } from '../unique-id.ts'
import type { FormatToken, ImportItem } from './import-formats.ts'
import { type ImportError, importErrorOf, MAX_LISTED } from './import-report.ts'
import { type ImportPlace, newTokenOf, serialOf } from './new-token-of.ts'

/** A file that lies in staging, with everything that speaks against it. */
export interface StagedFile {
  readonly recordCount: number
  readonly stagedCount: number
  readonly errorCount: number
  readonly errors: readonly ImportError[]
  readonly duplicateCount: number
  /** Duplicates of tokens in the store, the others being within the file. */
  readonly storedCount: number
  readonly duplicates: readonly StagedDuplicate[]
}

export interface StagingWork {
  readonly items: AsyncGenerator<ImportItem>
  readonly importId: string
  readonly place: Omit<ImportPlace, 'id'>
  readonly onProgress: ((progress: { readonly recordCount: number }) => void) | undefined
}

interface Numbered {
  readonly line: number
  readonly token: FormatToken
}

/** Rows sealed and staged at once. */
const CHUNK = 100

/** Reads a file to its end and stages its tokens in chunks. The first error ends the staging, not the reading. */
export async function stageFile(ports: AdministrationPorts, work: StagingWork): Promise<StagedFile> {
  const errors: ImportError[] = []
  let recordCount = 0
  let errorCount = 0
  let chunk: Numbered[] = []
  const flush = async () => {
    if (errorCount === 0 && chunk.length > 0) await stageChunk(ports, work, chunk)
    chunk = []
    work.onProgress?.({ recordCount })
  }
  const refuse = (error: FormatError) => {
    errorCount += 1
    if (errors.length < MAX_LISTED) errors.push(importErrorOf(error))
  }
  try {
    for await (const item of work.items) {
      if (item.ok || !item.fatal) recordCount += 1
      const isApps = item.ok && serialOf(item.token).startsWith(CLOUD_SERIAL_PREFIX)
      if (isApps) refuse(reservedSerial(item))
      else if (item.ok) chunk.push(item)
      else refuse(item.error)
      if (chunk.length === CHUNK) await flush()
    }
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    refuse(error)
  }
  await flush()
  return { recordCount, errorCount, errors, ...(await stagedState(ports, work.importId)) }
}

/** A serial of that kind would make the token an app's, which nobody may assign here. */
function reservedSerial({ line, token }: Numbered): FormatError {
  const text = `Record ${line}: serials that begin with ${CLOUD_SERIAL_PREFIX} are those of apps, kept by the cloud access service. Give the token another one.`
  const format = token.from === 'oath' ? 'csv' : token.from
  return new FormatError({ format, code: 'not-importable', record: { number: line }, field: 'serial' }, text)
}

async function stageChunk(ports: AdministrationPorts, { importId, place }: StagingWork, chunk: readonly Numbered[]) {
  const { staging } = ports.administration
  const known = await staging.idsOfSerials(chunk.map(({ token }) => serialOf(token)))
  const rows = chunk.map(({ line, token }): StagedToken => {
    const id = known.get(serialOf(token)) ?? uniqueId(ports)
    return { line, ...newTokenOf(token, { ...place, id }, ports.keys) }
  })
  await staging.stage(importId, rows)
}

async function stagedState({ administration: { staging } }: AdministrationPorts, importId: string) {
  const listed: StagedDuplicate[] = []
  let duplicateCount = 0
  let storedCount = 0
  for (let after: string | undefined; ; ) {
    const page = await staging.duplicates(importId, { limit: 1000, ...(after !== undefined && { after }) })
    duplicateCount += page.items.length
    storedCount += page.items.filter((one) => one.with === 'store').length
    listed.push(...page.items.slice(0, MAX_LISTED - listed.length))
    if (page.next === undefined) break
    after = page.next
  }
  return { stagedCount: await staging.countStaged(importId), duplicateCount, storedCount, duplicates: listed }
}
