import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { analyseArchitecture, cruiseTree } from './analyse.ts'
import { readManifests } from './manifests.ts'
import { moduleRoots } from './rings.ts'
import { ScratchTree } from './testing/scratch-tree.ts'

const tree = new ScratchTree()
const written: string[] = []

afterEach(() => {
  for (const path of written.splice(0)) tree.remove(path)
})
afterAll(() => {
  tree.remove('')
})

async function problemsWith(path: string, text: string): Promise<readonly string[]> {
  written.push(path)
  tree.write(path, text)
  return (await analyseArchitecture(tree.root)).problems
}

const forbiddenImports = [
  ['the domain to Node', 'core/domain/drift/window.ts', 'node:fs', 'core/domain'],
  ['the domain to the application', 'core/domain/drift/window.ts', '@driftlock/application', 'core/domain'],
  ['the domain to a package', 'core/domain/drift/window.ts', 'zod', 'core/domain'],
  ['the formats to the domain', 'core/formats/csv/read.ts', '@driftlock/domain', 'core/formats'],
  ['the contracts to the domain', 'core/contracts/user.ts', '@driftlock/domain', 'core/contracts'],
  ['the application to an adapter', 'core/application/authenticate.ts', '@driftlock/sql', 'core/application'],
  ['the application to Node', 'core/application/authenticate.ts', 'node:crypto', 'core/application'],
  ['the application to the contracts', 'core/application/authenticate.ts', '@driftlock/contracts', 'core/application'],
  ['an adapter to another adapter', 'adapters/radius/listen.ts', '@driftlock/sql', 'adapters/*'],
  ['an adapter to an app', 'adapters/http/serve.ts', '@driftlock/driftlock', 'adapters/*'],
  ['an adapter to a console', 'adapters/http/serve.ts', '@driftlock/ui-kit', 'adapters/*'],
  ['a console to the application', 'ui/security-console/users.tsx', '@driftlock/application', 'ui/*'],
  ['a console to another console', 'ui/security-console/users.tsx', '@driftlock/self-service-console', 'ui/*'],
  ['a console to Node', 'ui/security-console/users.tsx', 'node:fs', 'ui/*'],
  ['the kit to a console', 'ui/kit/layout.tsx', '@driftlock/security-console', 'ui/kit'],
  [
    "the domain's tests to the application",
    'core/domain/drift/window.test.ts',
    '@driftlock/application',
    'core/domain tests',
  ],
] as const

describe('the architecture check', () => {
  it('finds nothing in a clean tree and has read every module of it', async () => {
    const workspaces = readManifests(tree.root).length - 1
    expect(await analyseArchitecture(tree.root)).toEqual({ seen: workspaces, manifests: workspaces + 1, problems: [] })
  })

  it.each(forbiddenImports)('refuses an import from %s', async (_, path, target, rule) => {
    const problems = await problemsWith(path, `import '${target}'\nexport const imported = true\n`)
    expect(problems).toContainEqual(
      expect.stringMatching(`^${path} → .*: against the rule "${rule.replace('*', '\\*')}"$`),
    )
  })

  it('refuses a type-only import as well', async () => {
    const problems = await problemsWith('core/domain/pin/verify.ts', "export type { KeyObject } from 'node:crypto'\n")
    expect(problems).toContain('core/domain/pin/verify.ts → crypto: against the rule "core/domain"')
  })

  it('refuses a path into the files of another package', async () => {
    tree.write('core/domain/time.ts', 'export const zero = 0\n')
    written.push('core/domain/time.ts')
    const problems = await problemsWith('adapters/sql/store.ts', "export * from '../../core/domain/time.ts'\n")
    expect(problems).toContain('adapters/sql/store.ts → core/domain/time.ts: against the rule "front-door"')
  })

  it('refuses a cycle', async () => {
    written.push('core/domain/a.ts')
    tree.write('core/domain/a.ts', "import { b } from './b.ts'\nexport const a = (): number => b()\n")
    const problems = await problemsWith(
      'core/domain/b.ts',
      "import { a } from './a.ts'\nexport const b = (): number => a()\n",
    )
    expect(problems).toContain('core/domain/a.ts → core/domain/b.ts: against the rule "no-cycle"')
  })

  it('refuses a package that the nearest manifest does not declare', async () => {
    const problems = await problemsWith('adapters/keys/seal.ts', "import 'zod'\n")
    expect(problems).toContain('adapters/keys/seal.ts → zod: not declared in adapters/keys/package.json')
  })

  it.each([
    ['a forbidden package in a core manifest', 'core/domain', 'fastify', '5.12.8'],
    ['a forbidden folder in a core manifest', 'core/domain', '@driftlock/application', '0.1.0'],
    ['another adapter in an adapter manifest', 'adapters/radius', '@driftlock/sql', '0.1.0'],
  ])('refuses %s', async (_, folder, name, version) => {
    const manifest = JSON.stringify({ name: '@driftlock/injected', dependencies: { [name]: version } })
    const problems = await problemsWith(`${folder}/package.json`, manifest)
    tree.write(`${folder}/package.json`)
    written.length = 0
    expect(problems).toContainEqual(expect.stringContaining(`${folder}/package.json: ${name} is forbidden there`))
  })

  it('refuses a version range in a manifest', async () => {
    const manifest = JSON.stringify({ name: '@driftlock/domain', dependencies: { '@noble/hashes': '^2.4.0' } })
    const problems = await problemsWith('core/domain/package.json', manifest)
    tree.write('core/domain/package.json')
    written.length = 0
    expect(problems).toEqual(['core/domain/package.json: @noble/hashes has no exact version: ^2.4.0'])
  })

  it('does not pass a tree of which the analysis read nothing', async () => {
    const { seen, problems } = await analyseArchitecture(tree.root, async (root) => ({
      ...(await cruiseTree(root)),
      modules: [],
    }))
    expect(seen).toBe(0)
    expect(problems).toContain('core/domain/index.ts: the tree has this module, the analysis did not read it')
  })

  it('does not pass a folder without modules', async () => {
    const empty = new ScratchTree()
    for (const folder of moduleRoots) empty.remove(folder)
    const { problems } = await analyseArchitecture(empty.root).finally(() => {
      empty.remove('')
    })
    expect(problems).toContain('the tree has no modules: wrong folder?')
  })
})
