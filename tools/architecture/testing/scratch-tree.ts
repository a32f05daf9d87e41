import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readManifests } from '../manifests.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** A small copy of the workspace: the real manifests, an empty index.ts for each, the real installed packages. */
export class ScratchTree {
  readonly root = mkdtempSync(join(tmpdir(), 'driftlock-architecture-'))

  constructor() {
    for (const name of ['tsconfig.base.json', 'tsconfig.core.json']) cpSync(join(root, name), join(this.root, name))
    linkPackages(this.root)
    for (const { folder, name } of readManifests(root)) {
      this.write(join(folder, 'package.json'))
      if (folder === '') continue
      this.write(join(folder, 'index.ts'), 'export {}\n')
      symlinkSync(join(this.root, folder), join(this.root, 'node_modules', name))
    }
  }

  /** Writes a file; without text, the workspace's own file of that path is copied. */
  write(path: string, text?: string): void {
    const target = join(this.root, path)
    mkdirSync(dirname(target), { recursive: true })
    if (text === undefined) cpSync(join(root, path), target)
    else writeFileSync(target, text)
  }

  remove(path: string): void {
    rmSync(join(this.root, path), { recursive: true, force: true })
  }
}

/** Links each installed package; the workspace's own scope stays empty, for the copies. */
function linkPackages(scratch: string): void {
  const from = join(root, 'node_modules')
  const to = join(scratch, 'node_modules')
  mkdirSync(join(to, '@driftlock'), { recursive: true })
  for (const name of readdirSync(from)) {
    if (!name.startsWith('.') && name !== '@driftlock') symlinkSync(join(from, name), join(to, name))
  }
}
