import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** Folders whose children have a line each on the page. */
const opened = ['', 'core', 'core/domain', 'core/formats', 'adapters', 'ui', 'apps', 'tests', 'tools']

const unlisted = new Set(['node_modules', 'coverage', 'reports', 'dist', 'scratch', 'testing'])

const listed = foldersOnPage(readFileSync(join(root, 'docs/ARCHITECTURE.md'), 'utf8'))

it('reads the tree of the page', () => {
  expect(listed).toContain('core/domain/tokencode')
  expect(listed).toContain('tools/architecture')
})

it('names only folders that exist in ARCHITECTURE.md', () => {
  expect(listed.filter((folder) => !existsSync(join(root, folder)))).toEqual([])
})

it('gives every folder of the tree its line in ARCHITECTURE.md', () => {
  const existing = opened
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((parent) => childFolders(parent).map((name) => join(parent, name)))
  expect(existing.filter((folder) => !listed.includes(folder))).toEqual([])
})

function childFolders(parent: string): string[] {
  return readdirSync(join(root, parent), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !unlisted.has(entry.name))
    .filter((entry) => hasFiles(join(root, parent, entry.name)))
    .map(({ name }) => name)
}

/** Git keeps no empty folder, so an empty one is not part of the tree. */
function hasFiles(folder: string): boolean {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).some((entry) => entry.isFile())
}

/** The paths of the first code block: two spaces of indentation a level, a name that ends in `/`, a line of words. */
function foldersOnPage(page: string): string[] {
  const block = page.split('```')[1] ?? ''
  const open: string[] = []
  return block.split('\n').flatMap((line) => {
    const { indent, name } = /^(?<indent> *)(?<name>[\w-]+)\/ {2,}\S/.exec(line)?.groups ?? {}
    if (indent === undefined || name === undefined) return []
    open.splice(indent.length / 2, Number.POSITIVE_INFINITY, name)
    return [open.join('/')]
  })
}
