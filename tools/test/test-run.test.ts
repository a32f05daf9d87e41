import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { closingLine } from './closing-line.ts'
import { installAdvice, missingPrograms } from './missing-programs.ts'
import { programs } from './programs.ts'

const folder = mkdtempSync(join(tmpdir(), 'driftlock-programs-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

describe('the programs that tests need', () => {
  const here = { package: 'here', proof: { command: 'driftlock-test-here' }, usedFor: 'being found' }
  const gone = { package: 'gone', proof: { command: 'driftlock-test-gone' }, usedFor: 'being missed' }

  it('are looked for on the PATH', () => {
    writeFileSync(join(folder, 'driftlock-test-here'), '')
    chmodSync(join(folder, 'driftlock-test-here'), 0o755)
    expect(missingPrograms([here, gone], `/nowhere:${folder}`)).toEqual([gone])
  })

  it('are looked for by file pattern where there is no command', () => {
    const found = { ...here, proof: { file: `${folder}/*-here` } }
    const lost = { ...gone, proof: { file: `${folder}/*-gone` } }
    expect(missingPrograms([found, lost], '')).toEqual([lost])
  })

  it('are named with the command that installs them and what each is for', () => {
    expect(installAdvice([here, gone])).toContain('apt-get install --no-install-recommends here gone\n')
    expect(installAdvice([gone])).toContain('being missed')
  })

  it('are listed once each, by package', () => {
    const packages = programs.map((program) => program.package)
    expect(packages).toEqual([...new Set(packages)])
  })
})

describe('the closing line', () => {
  it('counts what Vitest counted', () => {
    expect(closingLine({ numPassedTests: 7, numFailedTests: 2, numPendingTests: 0 }, false)).toBe('7 passed, 2 failed')
    expect(closingLine({ numPassedTests: 7, numFailedTests: 0, numPendingTests: 1 }, true)).toBe(
      '7 passed, 0 failed, 1 skipped',
    )
  })

  it('shows a failure when a file did not load, though no single test failed', () => {
    expect(closingLine({ numPassedTests: 7, numFailedTests: 0, numPendingTests: 0 }, false)).toBe('7 passed, 1 failed')
  })

  it('shows a failure when there is no report', () => {
    expect(closingLine(undefined, true)).toBe('0 passed, 1 failed')
  })
})
