import type { ChainReport } from '@driftlock/application'
import { tableText } from '../terminal/table.ts'
import { JsonLines, type View } from '../terminal/view.ts'

/** What the proof of the audit log found, chain by chain; ends with `refused` when one is not as it was written. */
export function verificationView(reports: readonly ChainReport[]): View {
  const faulty = reports.filter(({ fault }) => fault !== undefined)
  const rows = reports.map(({ chainId, records, pruned, checkpoints, unsigned, fault }) => ({
    chain: chainId,
    records,
    pruned,
    checkpoints,
    'after the last checkpoint': unsigned,
    result: fault === undefined ? 'good' : `${fault.kind} at ${fault.sequence}: ${fault.text}`,
  }))
  const advice = 'Keep a copy of the database as it is, compare it with a backup, and find out who could write to it.'
  return {
    json: new JsonLines(reports),
    text: (width) => (rows.length === 0 ? 'There is no audit record yet.' : tableText(rows, width)),
    notes:
      faulty.length === 0
        ? []
        : [`${faulty.length} of ${reports.length} chains are not as they were written. ${advice}`],
    exit: faulty.length === 0 ? 'ok' : 'refused',
  }
}
