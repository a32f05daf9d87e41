import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RadiusInstance, SECRET, startRadiusInstance } from './testing/radius-instance.ts'
import { runProgram } from './testing/run-program.ts'
import { oathtoolCode } from './testing/token-programs.ts'

const folder = mkdtempSync(join(tmpdir(), 'driftlock-radius-test-'))
const secretFile = join(folder, 'secret')
let server: RadiusInstance

beforeAll(async () => {
  writeFileSync(secretFile, `${SECRET}\n`, { mode: 0o600 })
  server = await startRadiusInstance()
  await server.setClient()
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

function radiusTest(args: readonly string[], input = '') {
  const main = new URL('../../apps/driftlock/main.ts', import.meta.url).pathname
  const where = ['--secret-file', secretFile, '--port', String(server.port)]
  return runProgram(process.execPath, [main, 'radius', 'test', ...args, ...where], input)
}

it('goes through the dialogue, carries State by itself and draws what it saw', async () => {
  const ada = await server.addHolder('ada', { badTokencodeCount: 3 })
  const { output, status } = await radiusTest(['ada'], `${ada.pin}${oathtoolCode(ada)}\n${oathtoolCode(ada, 1)}\n`)
  expect(output.match(/client ── .* ada.*|client ◀── \S+ /g)).toEqual([
    'client ── Access-Request ──▶ server   ada',
    'client ◀── Access-Challenge ',
    'client ── Access-Request ──▶ server   ada, with the State of the challenge',
    'client ◀── Access-Accept ',
  ])
  expect(output).toMatch(/Reply-Message +Wait for the tokencode to change/)
  expect(output).not.toContain(ada.pin + oathtoolCode(ada))
  expect(status).toBe(0)
})

it('ends with 1 when the log-on is denied, and tells programs each step', async () => {
  const { output, status } = await radiusTest(['nobody', '--json'], '123456\n')
  expect(JSON.parse(output)).toMatchObject({
    outcome: 'reject',
    steps: [{ kind: 'reject', message: 'Access denied.' }],
  })
  expect(status).toBe(1)
})

it('asks a server for its status', async () => {
  expect(await radiusTest(['--status'])).toMatchObject({ status: 0 })
})
