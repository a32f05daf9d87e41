import { mkdtemp, open, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { Finding } from './folder-findings.ts'

const MIB = 1024 * 1024
const LEAST_FREE_BYTES = 256 * MIB
const WRITES = 50
/** Below this, few people can log on in a second: every batch of log-ons is on disk before it is answered. */
const SLOW_WRITES_PER_SECOND = 20

/** Room on the disk, and how fast and how honestly it writes. */
export async function diskFindings(folder: string): Promise<readonly Finding[]> {
  try {
    return [await roomOn(folder), await syncRate(folder)]
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    return [
      {
        check: 'disk',
        level: 'fault',
        text: `The data folder ${folder} cannot be written (${code}).`,
        advice: 'Check that it exists, its permissions, and that its disk is not read-only or full.',
      },
    ]
  }
}

async function roomOn(folder: string): Promise<Finding> {
  const { bavail, bsize, ffree } = await statfs(folder)
  const free = bavail * bsize
  const text = `${Math.floor(free / MIB).toLocaleString('en')} MiB free where the data folder is.`
  if (free < LEAST_FREE_BYTES || ffree === 0)
    return {
      check: 'disk',
      level: 'fault',
      text,
      advice:
        'Make room: with a full disk nobody can log on. Old audit records: driftlock audit export, then driftlock audit prune.',
    }
  return { check: 'disk', level: 'good', text, advice: '' }
}

async function syncRate(folder: string): Promise<Finding> {
  const scratch = await mkdtemp(join(folder, '.doctor-'))
  try {
    const file = await open(join(scratch, 'probe'), 'w')
    const block = Buffer.alloc(4096)
    const begun = performance.now()
    for (let round = 0; round < WRITES; round++) {
      await file.write(block, 0, block.length, 0)
      await file.datasync()
    }
    await file.close()
    return rateFinding(WRITES / ((performance.now() - begun) / 1000))
  } finally {
    await rm(scratch, { recursive: true })
  }
}

function rateFinding(perSecond: number): Finding {
  const text = `The disk confirms ${Math.round(perSecond).toLocaleString('en')} writes a second.`
  if (perSecond < SLOW_WRITES_PER_SECOND)
    return {
      check: 'disk',
      level: 'fault',
      text,
      advice: 'That is very slow: put the data folder on another disk, or use PostgreSQL.',
    }
  return { check: 'disk', level: 'good', text, advice: '' }
}
