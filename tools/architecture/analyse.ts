import { globSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { cruise, type ICruiseResult, type IDependency, type IModule } from 'dependency-cruiser'
import { cruiseRules } from './cruise-rules.ts'
import { declaredBy, type Manifest, manifestProblems, readManifests } from './manifests.ts'
import { besideTheProduct, moduleRoots } from './rings.ts'

export interface ArchitectureReport {
  /** Modules that the analysis read, out of those the tree has. */
  readonly seen: number
  readonly manifests: number
  /** One line per fault: where, which rule, what. Empty when the tree keeps its rules. */
  readonly problems: readonly string[]
}

/**
 * Checks every module and manifest below `root` against the table of rings.
 * A module that the tree has and the analysis did not read is a problem too: an analysis of nothing finds nothing.
 */
export async function analyseArchitecture(
  root: string,
  readGraph: (root: string) => Promise<ICruiseResult> = cruiseTree,
): Promise<ArchitectureReport> {
  const files = moduleFiles(root)
  const manifests = readManifests(root)
  const graph = await readGraph(root)
  const read = new Set(graph.modules.filter((module) => files.has(module.source)).map((module) => module.source))
  const unread = [...files].filter((file) => !read.has(file))
  const problems = [
    ...(files.size === 0 ? ['the tree has no modules: wrong folder?'] : []),
    ...unread.map((file) => `${file}: the tree has this module, the analysis did not read it`),
    ...graph.summary.violations.map(({ from, to, rule }) => `${from} → ${to}: against the rule "${rule.name}"`),
    ...graph.modules.filter((module) => files.has(module.source)).flatMap((module) => undeclared(module, manifests)),
    ...manifestProblems(manifests),
  ]
  return { seen: read.size, manifests: manifests.length, problems: [...new Set(problems)].toSorted() }
}

function moduleFiles(root: string): ReadonlySet<string> {
  const pattern = `{${moduleRoots.join(',')}}/**/*.{ts,tsx,mts,js,mjs}`
  return new Set(
    globSync(pattern, { cwd: root, exclude: (path) => /(?:^|\/)(?:node_modules|dist)(?:\/|$)/.test(path) }),
  )
}

/** Reads the import graph below `root` and judges it by the table of rings. */
export async function cruiseTree(root: string): Promise<ICruiseResult> {
  const roots = moduleRoots.filter((name) => globSync(`${name}/`, { cwd: root }).length > 0)
  const { output } = await cruise([...roots], {
    baseDir: root,
    validate: true,
    ruleSet: { forbidden: cruiseRules() },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    // Type-only imports count: a type from a forbidden ring is knowledge of that ring.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types', 'default'] },
  })
  if (typeof output === 'string') throw new TypeError('dependency-cruiser answered with text instead of its graph')
  return output
}

/** Imports of packages that the nearest manifest does not declare: they work by luck of hoisting. */
function undeclared(module: IModule, manifests: readonly Manifest[]): string[] {
  const [top] = manifests
  const own = manifests.find(({ folder }) => folder !== '' && module.source.startsWith(`${folder}/`))
  const declared = new Set(own ? Object.keys(declaredBy(own)) : manifests.map(({ name }) => name))
  if (top && (!own || new RegExp(besideTheProduct).test(module.source))) {
    for (const name of Object.keys({ ...top.devDependencies, ...top.dependencies })) declared.add(name)
  }
  return module.dependencies
    .flatMap((dependency) => packageName(dependency))
    .filter((name) => name !== own?.name && !declared.has(name) && !declared.has(`@types/${name}`))
    .map((name) => `${module.source} → ${name}: not declared in ${own ? `${own.folder}/` : ''}package.json`)
}

function packageName({ module: specifier }: IDependency): string[] {
  if (/^[./#]/.test(specifier) || isBuiltin(specifier)) return []
  const parts = specifier.split('/')
  return [parts.slice(0, specifier.startsWith('@') ? 2 : 1).join('/')]
}
