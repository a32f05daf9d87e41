import { AUDIT_ACTIONS } from '@driftlock/domain'
import type { AuditRecord } from '../ports/audit-store.ts'
import { canonicalJson } from './canonical-json.ts'
import { utcText } from './utc-text.ts'

/** What each column of the CSV holds, in order. Columns are only ever added at the end. */
const COLUMNS: Readonly<Record<string, (record: AuditRecord) => string | number | undefined>> = {
  time: ({ entry }) => utcText(entry.at),
  chain: ({ chainId }) => chainId,
  sequence: ({ sequence }) => sequence,
  id: ({ entry }) => entry.id,
  action_id: ({ entry }) => AUDIT_ACTIONS[entry.action].id,
  action: ({ entry }) => entry.action,
  outcome: ({ entry }) => entry.outcome,
  reason: ({ entry }) => entry.reason,
  actor_type: ({ entry }) => entry.actor.type,
  actor_id: ({ entry }) => entry.actor.id,
  actor_name: ({ entry }) => entry.actor.name,
  user_id: ({ entry }) => entry.userId,
  username: ({ entry }) => entry.username,
  token_serial: ({ entry }) => entry.tokenSerial,
  security_domain_id: ({ entry }) => entry.securityDomainId,
  agent: ({ entry }) => entry.agent,
  client_address: ({ entry }) => entry.clientAddress,
  request_id: ({ entry }) => entry.requestId,
  before: ({ entry }) => jsonOrNothing(entry.before),
  after: ({ entry }) => jsonOrNothing(entry.after),
  trace: ({ entry }) => jsonOrNothing(entry.trace),
}

export const AUDIT_CSV_COLUMNS: readonly string[] = Object.keys(COLUMNS)

/** The first line of a CSV export. Lines end in CR LF (RFC 4180). */
export function auditCsvHeader(): string {
  return line(AUDIT_CSV_COLUMNS)
}

/** One record as a line of CSV, every cell quoted, harmless in a spreadsheet. */
export function auditCsvLine(record: AuditRecord): string {
  return line(Object.values(COLUMNS).map((column) => column(record) ?? ''))
}

/** One record as a line of JSON: chain, sequence, time as text, and the entry as it was chained. */
export function auditJsonLine({ chainId, sequence, entry }: AuditRecord): string {
  return `${canonicalJson({ chainId, sequence, time: utcText(entry.at), ...entry })}\n`
}

/**
 * A CSV cell. Spreadsheets run a text that starts with = + - @ (or their full-width forms), tab, CR or LF as a formula: a
 * single quote in front makes it text. A user name is enough to get one into a log.
 */
export function csvCell(value: string | number): string {
  const text = typeof value === 'string' && /^[=+\-@\t\r\n＝＋－＠]/.test(value) ? `'${value}` : String(value)
  return `"${text.replaceAll('"', '""')}"`
}

function line(cells: readonly (string | number)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

function jsonOrNothing(value: unknown): string | undefined {
  return value === undefined ? undefined : canonicalJson(value)
}
