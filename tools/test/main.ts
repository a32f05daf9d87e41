import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { closingLine } from './closing-line.ts'
import { installPrograms } from './install-programs.ts'
import { installAdvice, missingPrograms } from './missing-programs.ts'
import { type Program, programs } from './programs.ts'

const aptGet: Program = { package: 'apt', proof: { command: 'apt-get' }, usedFor: 'installing the others' }

process.exitCode = ensurePrograms() ? runVitest(process.argv.slice(2)) : 1

function ensurePrograms(): boolean {
  const path = process.env['PATH'] ?? ''
  const missing = missingPrograms(programs, path)
  if (missing.length === 0) return true
  if (process.getuid?.() !== 0 || missingPrograms([aptGet], path).length > 0) {
    console.error(installAdvice(missing))
    return false
  }
  installPrograms(missing)
  return true
}

function runVitest(args: readonly string[]): number {
  const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url))
  const folder = mkdtempSync(join(tmpdir(), 'driftlock-test-'))
  const reportPath = join(folder, 'report.json')
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportPath}`]
    const { status } = spawnSync(process.execPath, [vitest, 'run', ...reporters, ...args], {
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    const report: unknown = existsSync(reportPath) ? JSON.parse(readFileSync(reportPath, 'utf8')) : undefined
    console.log(closingLine(report, status === 0))
    return status ?? 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
