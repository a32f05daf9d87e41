import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MIGRATIONS } from '../schema/migrations.ts'
import { openAs } from '../testing/conformance/engine-under-test.ts'
import { acceptance, storedUserWithToken, subjectOf } from '../testing/sample-data.ts'
import { writeUserAsOlder } from '../testing/write-as-older.ts'

describe('a SQLite store', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'driftlock-open-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('keeps a copy of the database from before an upgrade', async () => {
    const path = join(folder, 'older.db')
    await (await openAs('one', path, MIGRATIONS.slice(0, -1))).close()
    await writeUserAsOlder(path, 'veteran')
    await (await openAs('one', path)).close()
    const copy = `${path}.before-schema-${MIGRATIONS.length}`
    expect(statSync(copy).mode & 0o777).toBe(0o600)
    const before = await openAs('one', copy, MIGRATIONS.slice(0, -1))
    expect((await subjectOf(before, 'veteran')).user.username).toBe('veteran')
    await before.close()
  })

  it('is copied as it stands at one moment while logins go on', async () => {
    const store = await openAs('one', join(folder, 'busy.db'))
    const subject = await storedUserWithToken(store, 'busy')
    const copy = join(folder, 'busy-copy.db')
    await Promise.all([store.backUpTo(copy), store.authentication.commit(acceptance(subject, 1))])
    await store.close()
    const restored = await openAs('one', copy)
    const { tokens } = await subjectOf(restored, 'busy')
    const { items } = await restored.administration.read.auditLog.search({}, { limit: 10 })
    expect(Number(tokens[0]?.state.highWaterStep) === 1).toBe(items.length === 1)
    await restored.close()
  })

  it('is a file that only its owner may read', async () => {
    const path = join(folder, 'private.db')
    await (await openAs('one', path)).close()
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('refuses a file that is not a database, and a folder that is not there', async () => {
    const path = join(folder, 'letter.txt')
    writeFileSync(path, 'Dear reader, this is not a database at all, whatever its name may say. '.repeat(100))
    await expect(openAs('one', path)).rejects.toMatchObject({ code: 'STORE_CORRUPT' })
    const nowhere = join(folder, 'nowhere', 'store.db')
    await expect(openAs('one', nowhere)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
    expect(existsSync(nowhere)).toBe(false)
  })
})
