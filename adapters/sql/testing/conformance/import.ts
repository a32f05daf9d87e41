import { unixMs } from '@driftlock/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Store } from '../../open-store.ts'
import { sampleId, sampleToken } from '../sample-data.ts'
import type { EngineUnderTest } from './engine-under-test.ts'
import { openAs } from './engine-under-test.ts'

const SEED = new Uint8Array([1, 1, 1])

/** What every engine owes to imports. */
export function importSuite(engine: EngineUnderTest): void {
  describe('import', () => {
    let store: Store
    beforeAll(async () => {
      store = await openAs('one', await engine.newDatabase())
    })
    afterAll(() => store.close())

    const stage = async (serials: readonly string[], more: { readonly fingerprint?: Uint8Array } = {}) => {
      const importId = sampleId()
      const ids = await store.administration.staging.idsOfSerials(serials)
      const rows = serials.map((serial, index) => {
        const id = ids.get(serial) ?? sampleId()
        return { ...sampleToken(serial, { id }), seedFingerprint: more.fingerprint ?? null, line: index + 1 }
      })
      await store.administration.staging.stage(importId, rows)
      return importId
    }
    const move = (importId: string, duplicates: 'skip' | 'replace' | 'refuse') =>
      store.administration.transaction((tx) => tx.tokens.moveStaged(importId, duplicates))

    it('moves all staged tokens in one go and shows none of them before', async () => {
      const serials = Array.from({ length: 700 }, (_, index) => `bulk-${index}`)
      const importId = await stage(serials)
      expect(await store.administration.read.tokens.count({ serialPrefix: 'bulk-' }, 1000)).toEqual({
        count: 0,
        atLeast: false,
      })
      expect(await store.administration.staging.countStaged(importId)).toBe(700)
      expect(await move(importId, 'refuse')).toEqual({ inserted: 700, replaced: 0, skipped: 0 })
      expect(await store.administration.read.tokens.count({ serialPrefix: 'bulk-' }, 1000)).toEqual({
        count: 700,
        atLeast: false,
      })
      expect(await store.administration.staging.countStaged(importId)).toBe(0)
    })

    it('names duplicates in the file and in the store, and refuses the whole file', async () => {
      await move(await stage(['known']), 'refuse')
      const importId = await stage(['new', 'known', 'new'])
      const { items } = await store.administration.staging.duplicates(importId, { limit: 10 })
      expect(items.map(({ serial, line, with: where }) => [serial, line, where])).toEqual([
        ['known', 2, 'store'],
        ['new', 3, 'file'],
      ])
      await expect(move(importId, 'refuse')).rejects.toMatchObject({ code: 'ALREADY_EXISTS' })
      expect(await store.administration.read.tokens.findBySerial('new')).toBeUndefined()
      expect(await move(importId, 'skip')).toEqual({ inserted: 1, replaced: 0, skipped: 2 })
    })

    it('replaces a token without making a used step usable again', async () => {
      await move(await stage(['again'], { fingerprint: SEED }), 'refuse')
      const before = await store.administration.read.tokens.findBySerial('again')
      if (before === undefined) throw new Error('The token was just imported.')
      const used = {
        ...before.state,
        highWaterStep: 77n as typeof before.state.highWaterStep,
        clock: { ...before.state.clock, offsetMs: 1234, measuredAt: unixMs(5) },
      }
      await store.administration.transaction((tx) =>
        tx.tokens.update({ tokenId: before.record.id, version: 1, state: used }),
      )
      expect(await move(await stage(['again'], { fingerprint: SEED }), 'replace')).toMatchObject({ replaced: 1 })
      const same = await store.administration.read.tokens.findBySerial('again')
      expect(same?.state).toMatchObject({ version: 3, highWaterStep: 77n, clock: { offsetMs: 1234 } })
      await move(await stage(['again'], { fingerprint: new Uint8Array([2]) }), 'replace')
      const other = await store.administration.read.tokens.findBySerial('again')
      expect(other?.state).toMatchObject({ version: 4, highWaterStep: 77n, clock: { offsetMs: 0, measuredAt: null } })
      expect((await store.administration.read.tokens.seeds(before.record.id))?.voidedSeeds).toHaveLength(1)
    })
  })
}
