import { describe, expect, it } from 'vitest'
import type { StoreError } from '@driftlock/application'
import { MIGRATIONS } from '../../schema/migrations.ts'
import { acceptance, storedUserWithToken, subjectOf } from '../sample-data.ts'
import { writeUserAsOlder } from '../write-as-older.ts'
import type { EngineUnderTest } from './engine-under-test.ts'
import { openAs } from './engine-under-test.ts'

/** What every engine owes to those who upgrade. */
export function upgradeSuite(engine: EngineUnderTest): void {
  describe('upgrade', () => {
    for (const { version, name } of MIGRATIONS.slice(0, -1)) {
      it(`upgrades from schema ${version} (${name}) and keeps what is there`, async () => {
        const database = await engine.newDatabase()
        await (await openAs('one', database, MIGRATIONS.slice(0, version))).close()
        await writeUserAsOlder(database, 'veteran')
        const store = await openAs('one', database)
        expect(await store.authentication.commit(acceptance(await subjectOf(store, 'veteran'), 1))).toBe('committed')
        await store.close()
      })
    }

    it('refuses a database of a newer program and says what to do', async () => {
      const database = await engine.newDatabase()
      const future = { version: MIGRATIONS.length + 1, name: 'future', statements: [] }
      await (await openAs('one', database, [...MIGRATIONS, future])).close()
      const refusal = openAs('one', database).then(
        () => undefined,
        (error: StoreError) => error,
      )
      expect(await refusal).toMatchObject({ code: 'STORE_NEWER', facts: { stored: MIGRATIONS.length + 1 } })
    })

    it('lets two processes that start at once make the schema once', async () => {
      const database = await engine.newDatabase()
      const stores = await Promise.all(['one', 'two', 'three'].map((instance) => openAs(instance, database)))
      await storedUserWithToken(stores[0] ?? (await openAs('one', database)), 'first')
      expect((await subjectOf(stores[2] ?? (await openAs('three', database)), 'first')).user.username).toBe('first')
      for (const store of stores) await store.close()
    })
  })
}
