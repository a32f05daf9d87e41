import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { z } from 'zod'

const root = fileURLToPath(new URL('..', import.meta.url))
const scratch = mkdtempSync(join(tmpdir(), 'driftlock-chromium-'))
afterAll(() => {
  rmSync(scratch, { recursive: true })
})

const reportSchema = z.object({
  success: z.boolean(),
  numPassedTests: z.number().int(),
  numTotalTests: z.number().int(),
  testResults: z.array(z.object({ name: z.string(), status: z.string() })),
})

/** Runs the tests of core/domain in a headless Chromium. A child process: one Vitest does not start inside another. */
function runInChromium() {
  const output = join(scratch, 'report.json')
  const { stderr } = spawnSync(
    process.execPath,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--config',
      'tests/browser/vitest.config.ts',
      '--reporter=json',
      '--outputFile',
      output,
    ],
    { cwd: root, encoding: 'utf8', timeout: 240_000, env: outsideVitest() },
  )
  try {
    return reportSchema.parse(JSON.parse(readFileSync(output, 'utf8')))
  } catch (error) {
    throw new Error(`The run in Chromium wrote no report. It said: ${stderr}`, { cause: error })
  }
}

/** Without the marks by which a child would take itself for a worker of this run. */
function outsideVitest(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST')))
}

describe('the domain in Chromium', () => {
  it('passes all of its tests there, vectors included', { timeout: 260_000 }, () => {
    const report = runInChromium()
    expect(report.testResults.filter((file) => file.status !== 'passed')).toEqual([])
    expect(report.success).toBe(true)
    expect(report.numPassedTests).toBe(report.numTotalTests)
    expect(report.numPassedTests).toBeGreaterThan(250)
    expect(report.testResults.map((file) => file.name)).toContainEqual(
      expect.stringContaining('tokencode/vectors.test.ts'),
    )
  })
})
