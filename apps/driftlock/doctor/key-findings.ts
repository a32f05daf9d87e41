import { KEY_PURPOSES } from '@driftlock/keys'
import type { Instance } from '../instance/open-instance.ts'
import { sealedColumns } from '../instance/sealed-columns.ts'
import type { Finding } from './folder-findings.ts'

const SAMPLE = 100

/** The key ring opened, or this would not run: every purpose has a key, and sealed values open. */
export async function keyFindings({ store, keys }: Instance): Promise<readonly Finding[]> {
  const stored = await store.keys.list()
  const masters = [...new Set(stored.map(({ masterKeyId }) => masterKeyId))]
  const missing = KEY_PURPOSES.filter((purpose) => !stored.some((key) => key.purpose === purpose))
  const ring: Finding =
    masters.length === 1 && missing.length === 0
      ? {
          check: 'key ring',
          level: 'good',
          text: `${stored.length} data keys, all wrapped by master key ${masters[0]}.`,
          advice: '',
        }
      : {
          check: 'key ring',
          level: 'fault',
          text: `Data keys are wrapped by ${masters.join(' and ')}; without a key: ${missing.join(', ') || 'none'}.`,
          advice: 'Finish the change of the master key: driftlock keys rotate-master',
        }
  const closed: string[] = []
  for (const column of sealedColumns(store.administration)) {
    for (const { row, sealed } of await column.page('', SAMPLE)) {
      try {
        keys.open(column.purpose, { table: column.table, column: column.column, row }, sealed).fill(0)
      } catch {
        closed.push(`${column.place} of ${row}`)
      }
    }
  }
  if (closed.length === 0) return [ring]
  return [
    ring,
    {
      check: 'key ring',
      level: 'fault',
      text: `Sealed values that do not open: ${closed.slice(0, 5).join(', ')} (${closed.length} of a sample).`,
      advice: 'They were changed in the database. Restore a backup, or import those tokens again.',
    },
  ]
}
