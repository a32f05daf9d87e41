import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Store } from '../../open-store.ts'
import { acceptance, storedUserWithToken, subjectOf } from '../sample-data.ts'
import { openAs } from './engine-under-test.ts'

/** Mounting a small disk takes root. */
const isRoot = process.getuid?.() === 0

/** @returns the last step that was acknowledged (they begin at 1), and why the next was not. */
async function logInUntilRefused(store: Store): Promise<{ readonly used: number; readonly refusal: unknown }> {
  for (let next = 1; next < 10_000; next++) {
    try {
      await store.authentication.commit(acceptance(await subjectOf(store, 'patient'), next))
    } catch (refusal) {
      return { used: next - 1, refusal }
    }
  }
  return { used: 9_999, refusal: undefined }
}

describe.runIf(isRoot)('the store on a SQLite file on a full disk', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'driftlock-full-'))
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', folder])
  })
  afterAll(() => {
    execFileSync('umount', [folder])
    rmSync(folder, { recursive: true, force: true })
  })

  it('refuses, loses nothing, and goes on when there is room', async () => {
    const store = await openAs('one', join(folder, 'store.db'))
    await storedUserWithToken(store, 'patient')
    const ballast = join(folder, 'ballast')
    writeFileSync(ballast, new Uint8Array(3 * 1024 * 1024))
    const { used, refusal } = await logInUntilRefused(store)
    expect(refusal).toMatchObject({ code: 'STORE_FULL' })
    expect(used).toBeGreaterThan(10)
    expect((await subjectOf(store, 'patient')).tokens[0]?.state.highWaterStep).toBe(BigInt(used))
    rmSync(ballast)
    expect(await store.authentication.commit(acceptance(await subjectOf(store, 'patient'), used + 1))).toBe('committed')
    await store.close()
    const again = await openAs('one', join(folder, 'store.db'))
    expect((await subjectOf(again, 'patient')).tokens[0]?.state.highWaterStep).toBe(BigInt(used + 1))
    const links = await again.administration.read.auditLog.links('one', 0, 20_000)
    expect(links.map(({ sequence }) => sequence)).toEqual(Array.from({ length: used + 1 }, (_, index) => index + 1))
    await again.close()
  })
})
