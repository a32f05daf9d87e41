import type { ImportedUserLine } from '@driftlock/application'
import { ApiError } from '@driftlock/http'
import { SeedRowParser } from '@driftlock/formats'

const MOST_USERS = 100_000

/**
 * Users of a CSV list (RFC 4180): a header line with `attribute` and, if there is one, `displayName`; commas or semicolons.
 * @throws ApiError `INVALID_REQUEST` naming line and cause.
 */
export function readUserList(text: string): ImportedUserLine[] {
  const parser = new SeedRowParser(text.split('\n', 1)[0]?.includes(';') === true ? ';' : ',')
  const rows = readRows(parser, text.replace(/^\uFEFF/, ''))
  const [header, ...lines] = rows
  const names = header?.cells.map((cell) => cell.trim().toLowerCase()) ?? []
  const attributeAt = names.indexOf('attribute')
  const nameAt = names.indexOf('displayname')
  if (attributeAt < 0) throw refusal('line 1: the header must name a column "attribute" (and may name "displayName").')
  if (lines.length > MOST_USERS) throw refusal(`more than ${MOST_USERS} users: send the list in parts.`)
  return lines.map(({ line, cells }) => ({
    line,
    attribute: cells[attributeAt] ?? '',
    displayName: (nameAt < 0 ? undefined : cells[nameAt]) ?? '',
  }))
}

function readRows(parser: SeedRowParser, text: string) {
  try {
    return [...parser.push(text), ...parser.end()]
  } catch (error) {
    throw refusal(error instanceof Error ? error.message.replace(/^seed list[, ]*/, '') : 'it cannot be read.')
  }
}

function refusal(cause: string): ApiError {
  return new ApiError('INVALID_REQUEST', { detail: `The list of users: ${cause}` })
}
