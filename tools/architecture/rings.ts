/** What the files of one ring may import: the table of docs/ARCHITECTURE.md as data. */
export interface Ring {
  /** Folder from the root; a `*` stands for one path segment. */
  readonly folder: string
  /** Other folders of the workspace, spelled like `folder`. A ring may always import itself. */
  readonly mayImport: readonly string[]
  /** Package names, `@scope/*` for a whole scope, or `declared`: whatever the folder's own manifest declares. */
  readonly packages: readonly string[] | 'declared'
  /** Whether Node's built-in modules may be imported. */
  readonly node: boolean
}

export const rings: readonly Ring[] = [
  { folder: 'core/domain', mayImport: [], packages: ['@noble/*'], node: false },
  {
    folder: 'core/formats',
    mayImport: [],
    packages: ['@noble/*', '@scure/base', 'saxes', 'csv-parse'],
    node: false,
  },
  { folder: 'core/contracts', mayImport: [], packages: ['zod'], node: false },
  { folder: 'core/application', mayImport: ['core/domain', 'core/formats'], packages: [], node: false },
  { folder: 'adapters/*', mayImport: ['core/*'], packages: 'declared', node: true },
  { folder: 'ui/kit', mayImport: ['core/contracts', 'core/domain'], packages: 'declared', node: false },
  {
    folder: 'ui/*',
    mayImport: ['ui/kit', 'core/contracts', 'core/domain'],
    packages: 'declared',
    node: false,
  },
  { folder: 'clients/*', mayImport: ['core/contracts'], packages: 'declared', node: true },
  {
    // There is one command; a role that is a program of its own is started by it and lies in its own folder.
    folder: 'apps/driftlock',
    mayImport: ['core/*', 'adapters/*', 'ui/*', 'clients/*', 'apps/web-agent', 'apps/cloud'],
    packages: 'declared',
    node: true,
  },
  { folder: 'apps/*', mayImport: ['core/*', 'adapters/*', 'ui/*', 'clients/*'], packages: 'declared', node: true },
]

/** Folders with no manifest of their own: they cross the rings and use what the root declares. */
export const crossing = ['tests', 'tools'] as const

/** The top folders that hold modules. */
export const moduleRoots = ['core', 'adapters', 'ui', 'clients', 'apps', ...crossing] as const

/** Files that run beside the product and not in it: unit tests, test doubles, build configuration. */
export const besideTheProduct = String.raw`\.test\.tsx?$|/testing/|\.config\.ts$`

/** The ring that holds a file or folder; the first match counts, so a named folder goes before its `*`. */
export function ringOf(path: string): Ring | undefined {
  return rings.find((ring) => new RegExp(`^${folderPattern(ring.folder)}(/|$)`).test(path))
}

/** A regular expression source for a folder of the table. */
export function folderPattern(folder: string): string {
  return folder.replace('*', '[^/]+')
}
