import {
  type RewrapProgress,
  rewrapSealed,
  type Sealed,
  type SealedCell,
  type SealedColumn,
} from '@driftlock/application'
import { beforeEach, describe, expect, it } from 'vitest'
import type { DataKeyRing } from './data-key-ring.ts'
import { masterKeyOf } from './master-key.ts'
import { type KeyRingParts, openKeyRing } from './open-key-ring.ts'
import { rotateDataKey } from './rotate-keys.ts'
import { MemoryKeyStore } from './testing/memory-key-store.ts'
import { TestClock } from './testing/test-clock.ts'

const ROWS = 1200

class MemoryColumn implements SealedColumn {
  readonly table = 'tokens'
  readonly column = 'seed'
  readonly purpose = 'seed'
  readonly place: string
  cells = new Map<string, Sealed>()

  constructor(place: string) {
    this.place = place
  }

  async count(): Promise<number> {
    return this.cells.size
  }

  async page(afterRow: string, limit: number): Promise<readonly SealedCell[]> {
    const rows = [...this.cells].filter(([row]) => row > afterRow).toSorted(([a], [b]) => (a < b ? -1 : 1))
    return rows.slice(0, limit).map(([row, sealed]) => ({ row, sealed }))
  }

  async replace(changes: readonly (SealedCell & { readonly previous: Sealed })[]): Promise<void> {
    for (const { row, previous, sealed } of changes) if (this.cells.get(row) === previous) this.cells.set(row, sealed)
  }
}

let parts: KeyRingParts
let ring: DataKeyRing
let columns: MemoryColumn[]

const contextOf = (row: string) => ({ table: 'tokens', column: 'seed', row })
const seedOf = (row: string) => Buffer.from(`seed of ${row}`)

beforeEach(async () => {
  parts = { store: new MemoryKeyStore(), clock: new TestClock(), masterKeys: [masterKeyOf(new Uint8Array(32), 'test')] }
  ring = await openKeyRing(parts)
  columns = [new MemoryColumn('tokens.seed'), new MemoryColumn('tokens.pending_seed')]
  for (const column of columns) {
    for (let number = 0; number < ROWS / 2; number++) {
      const row = `row-${String(number).padStart(5, '0')}`
      column.cells.set(row, ring.seal('seed', contextOf(row), seedOf(row)))
    }
  }
  await rotateDataKey(ring, parts, { purpose: 'seed', graceMs: 0 })
})

function underCurrentKey(): number {
  const all = columns.flatMap(({ cells }) => [...cells.values()])
  return all.filter((sealed) => ring.sealedUnder(sealed) === ring.currentKeyId('seed')).length
}

describe('sealing again under a new key', () => {
  it('reaches every value, keeps every content and tells how far it is', async () => {
    const progress: RewrapProgress[] = []
    for await (const step of rewrapSealed(ring, columns)) progress.push(step)
    expect(progress.at(-1)).toMatchObject({ done: ROWS, total: ROWS, place: 'tokens.pending_seed' })
    expect(underCurrentKey()).toBe(ROWS)
    for (const { cells } of columns) {
      for (const [row, sealed] of cells)
        expect(ring.open('seed', contextOf(row), sealed)).toEqual(Uint8Array.from(seedOf(row)))
    }
  })

  it('goes on where it was stopped', async () => {
    let last: RewrapProgress | undefined
    for await (const step of rewrapSealed(ring, columns)) {
      last = step
      if (step.place === 'tokens.pending_seed') break
    }
    expect(underCurrentKey()).toBe(ROWS / 2 + 500)
    const before = underCurrentKey()
    const steps: RewrapProgress[] = []
    for await (const step of rewrapSealed(ring, columns, last)) steps.push(step)
    expect(steps).toHaveLength(1)
    expect(underCurrentKey() - before).toBe(100)
    expect(steps[0]).toMatchObject({ done: ROWS, total: ROWS })
  })

  it('does not undo what is written meanwhile', async () => {
    const [column] = columns
    if (column === undefined) return expect.unreachable()
    const fresh = ring.seal('seed', contextOf('row-00007'), Buffer.from('new seed'))
    const replace = column.replace.bind(column)
    column.replace = async (changes) => {
      column.cells.set('row-00007', fresh)
      await replace(changes)
    }
    for await (const _ of rewrapSealed(ring, columns)) continue
    expect(column.cells.get('row-00007')).toBe(fresh)
  })

  it('stops at a value that does not open, and names its cell', async () => {
    columns[0]?.cells.set(
      'row-00003',
      ring.seal('seed', contextOf('row-00004'), seedOf('row-00004')).map((octet) => octet),
    )
    await rotateDataKey(ring, parts, { purpose: 'seed', graceMs: 0 })
    const all = async () => {
      for await (const _ of rewrapSealed(ring, columns)) continue
    }
    await expect(all()).rejects.toMatchObject({ code: 'SEALED_VALUE_UNREADABLE', context: contextOf('row-00003') })
  })
})
