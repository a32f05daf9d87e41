import { ApplicationError } from '../errors/application-error.ts'
import type { CloudUser } from '../ports/cloud-subjects.ts'
import { cloudEntry } from './cloud-entry.ts'
import { type CloudContext, type CloudPorts, requireCompany } from './cloud-ports.ts'
import { newCloudUser, requireSource } from './cloud-users.ts'
import { loginName } from '../ports/login-name.ts'

export interface ImportedUserLine {
  /** Counted from 1, for the report. */
  readonly line: number
  readonly attribute: string
  readonly displayName: string
}

export interface UserImport {
  readonly companyId: string
  readonly sourceId: string
  readonly lines: readonly ImportedUserLine[]
}

export interface UserImportReport {
  readonly created: number
  /** Were there already. */
  readonly unchanged: number
  /** Lines that were not taken; `faults` names the first hundred of them. */
  readonly refused: number
  readonly faults: readonly { readonly line: number; readonly fault: string }[]
}

const LINES_AT_ONCE = 1000
const MOST_FAULTS = 100

/**
 * Creates the users of a list that are not there yet, a thousand at a time: what was created stays when a later part fails,
 * and the same list again goes on from there. @throws ApplicationError `NOT_FOUND`.
 */
export async function importCloudUsers(
  ports: CloudPorts,
  context: CloudContext,
  { companyId, sourceId, lines }: UserImport,
): Promise<UserImportReport> {
  const seen = new Set<string>()
  const faults: { line: number; fault: string }[] = []
  let created = 0
  let unchanged = 0
  for (let from = 0; from < lines.length; from += LINES_AT_ONCE) {
    const users = lines.slice(from, from + LINES_AT_ONCE).flatMap((line): CloudUser[] => {
      const read = readLine(ports, { companyId, sourceId }, line)
      if (typeof read === 'string') faults.push({ line: line.line, fault: read })
      else if (seen.has(loginName(read.attribute)))
        faults.push({ line: line.line, fault: 'the same user comes before' })
      else {
        seen.add(loginName(read.attribute))
        return [read]
      }
      return []
    })
    const made = await ports.cloud.transaction(async (tx) => {
      await requireCompany(tx, context, companyId)
      const sourceName = await requireSource(tx, companyId, sourceId)
      const known = await tx.knownAttributes(
        sourceId,
        users.map(({ attribute }) => attribute),
      )
      const fresh = users.filter(({ attribute }) => !known.has(loginName(attribute)))
      await tx.insertUsers(fresh)
      const after = { source: sourceName, created: fresh.length }
      if (fresh.length > 0) tx.audit(cloudEntry(ports, context, { action: 'import-users', companyId, after }))
      return fresh.length
    })
    created += made
    unchanged += users.length - made
  }
  return { created, unchanged, refused: faults.length, faults: faults.slice(0, MOST_FAULTS) }
}

function readLine(
  ports: CloudPorts,
  place: { readonly companyId: string; readonly sourceId: string },
  { attribute, displayName }: ImportedUserLine,
): CloudUser | string {
  try {
    return newCloudUser(ports, { ...place, attribute, displayName })
  } catch (error) {
    if (error instanceof ApplicationError) return error.message
    throw error
  }
}
