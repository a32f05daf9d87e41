import { unixMs } from '@driftlock/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AuditRecord } from '../ports/audit-store.ts'
import { AUDIT_CSV_COLUMNS, auditCsvHeader, auditCsvLine, auditJsonLine, csvCell } from './export-audit.ts'

const RECORD: AuditRecord = {
  chainId: 'instance-1',
  sequence: 7,
  entry: {
    id: 'entry-7',
    at: unixMs(Date.UTC(2026, 10, 22, 4, 30)),
    actor: { type: 'user', id: 'u1', name: 'alice' },
    action: 'authenticate',
    outcome: 'failure',
    reason: 'wrong-passcode',
    username: 'alice',
    after: { note: 'a "quoted" word,\r\nand a line' },
  },
}

/** Reads quoted cells as RFC 4180 §2 says. */
function cellsIn(line: string): string[] {
  const cells = [...line.matchAll(/"((?:[^"]|"")*)"(?:,|\r\n)/g)]
  expect(cells.map(([whole]) => whole).join('')).toBe(line)
  return cells.map(([, cell = '']) => cell.replaceAll('""', '"'))
}

function cellsOf(record: AuditRecord): Record<string, string> {
  const names = cellsIn(auditCsvHeader())
  const cells = cellsIn(auditCsvLine(record))
  expect(cells).toHaveLength(names.length)
  return Object.fromEntries(names.map((name, at) => [name, cells[at] ?? '']))
}

describe('CSV export', () => {
  it('gives every column of a record back to a CSV reader', () => {
    const cells = cellsOf(RECORD)
    expect(Object.keys(cells)).toEqual(AUDIT_CSV_COLUMNS)
    expect(cells).toMatchObject({
      time: '2026-11-22T04:30:00.000Z',
      sequence: '7',
      action_id: '1001',
      action: 'authenticate',
      token_serial: '',
      after: '{"note":"a \\"quoted\\" word,\\r\\nand a line"}',
    })
  })

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1', '=cmd|"/c calc"!A1'])(
    'makes a user called %j harmless',
    (username) => {
      expect(cellsOf({ ...RECORD, entry: { ...RECORD.entry, username } })['username']).toBe(`'${username}`)
    },
  )

  it('never lets a text of the outside start a formula or leave its cell', () => {
    const anyText = fc.string({
      unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '"', ',', ';', "'", 'a', ' '),
    })
    fc.assert(
      fc.property(anyText, (text) => {
        expect(csvCell(text)).toMatch(/^"(?:[^"]|"")*"$/)
        expect(csvCell(text)).not.toMatch(/^"[=+\-@\t\r\n]/)
      }),
    )
  })
})

describe('JSON lines export', () => {
  it('writes one line a record, whatever the texts in it', () => {
    fc.assert(
      fc.property(fc.string(), (username) => {
        const text = auditJsonLine({ ...RECORD, entry: { ...RECORD.entry, username } })
        expect(text.indexOf('\n')).toBe(text.length - 1)
        expect(JSON.parse(text)).toMatchObject({ chainId: 'instance-1', sequence: 7, username, at: RECORD.entry.at })
      }),
    )
  })
})
