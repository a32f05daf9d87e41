import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'driftlock-named-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

const dispatcher = fileURLToPath(new URL('./run-named.ts', import.meta.url))
writeFileSync(
  join(folder, 'dispatch.ts'),
  `import { runNamed } from ${JSON.stringify(dispatcher)}
const code = await runNamed('bench', import.meta.dirname, process.argv.slice(2))
if (code !== 0) process.exitCode = code\n`,
)
writeFileSync(join(folder, 'echo.bench.ts'), 'console.log(JSON.stringify(process.argv.slice(2)))\n')

it('runs the named module with the remaining arguments, under a header that dates it', () => {
  const output = execFileSync(process.execPath, [join(folder, 'dispatch.ts'), 'echo', '--users', '9'], {
    encoding: 'utf8',
  })
  expect(output).toMatch(/^# bench echo --users 9\n# \d{4}-\d\d-\d\dT[\d:.]+Z · Node v/)
  expect(output.trimEnd().split('\n').at(-1)).toBe('["--users","9"]')
})

it('lists the names when called without one', () => {
  expect(execFileSync(process.execPath, [join(folder, 'dispatch.ts')], { encoding: 'utf8' })).toContain('names: echo\n')
})

it('refuses an unknown name', () => {
  const { status, stderr } = spawnSync(process.execPath, [join(folder, 'dispatch.ts'), 'exho'], { encoding: 'utf8' })
  expect({ status, stderr }).toEqual({ status: 2, stderr: 'no bench named "exho"\n' })
})
