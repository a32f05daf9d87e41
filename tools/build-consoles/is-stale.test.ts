import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { isStale } from './is-stale.ts'

const YESTERDAY = new Date('2026-01-01T00:00:00Z')
const TODAY = new Date('2026-01-02T00:00:00Z')
const TOMORROW = new Date('2026-01-03T00:00:00Z')
let root: string

function put(path: string, at: Date): void {
  const full = join(root, path)
  mkdirSync(dirname(full), { recursive: true })
  writeFileSync(full, '')
  utimesSync(full, at, at)
  for (let folder = dirname(full); folder.startsWith(root); folder = dirname(folder)) utimesSync(folder, at, at)
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'driftlock-stale-'))
  put('ui/kit/button.ts', YESTERDAY)
  put('ui/one/main.ts', YESTERDAY)
  put('ui/one/dist/index.html', TODAY)
  utimesSync(join(root, 'ui/one'), TODAY, TODAY)
})

afterEach(() => {
  rmSync(root, { recursive: true })
})

it('a console is fresh while nothing that it is made of is newer than its build', () => {
  expect(isStale(root, 'ui/one')).toBe(false)
})

it('a console that was never built is stale', () => {
  expect(isStale(root, 'ui/kit')).toBe(true)
})

it.each([
  'ui/one/main.ts',
  'ui/one/pages/new-page.ts',
  'ui/kit/button.ts',
  'core/contracts/token.ts',
  'package-lock.json',
])('a console is stale once %s has changed', (path) => {
  put(path, TOMORROW)
  expect(isStale(root, 'ui/one')).toBe(true)
})

it('another console’s change does not matter', () => {
  put('ui/two/main.ts', TOMORROW)
  expect(isStale(root, 'ui/one')).toBe(false)
})
