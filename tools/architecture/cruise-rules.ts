import type { IForbiddenRuleType } from 'dependency-cruiser'
import { besideTheProduct, crossing, folderPattern, moduleRoots, type Ring, rings } from './rings.ts'

const workspaceFolder = `^(?:${moduleRoots.filter((root) => !isCrossing(root)).join('|')})/[^/]+/`

/** Published test vectors, read in place beside the repository. */
const sharedVectors = String.raw`^(?:\.\./)+shared/vectors/[^/]+\.json$`

/** dependency-cruiser rules for the table of rings, plus the rules that hold everywhere. */
export function cruiseRules(): IForbiddenRuleType[] {
  return [...rings.flatMap(ringRules), ...everywhere]
}

const everywhere: IForbiddenRuleType[] = [
  {
    name: 'no-cycle',
    comment: 'Modules that need each other at run time; types may refer to each other.',
    severity: 'error',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  {
    name: 'front-door',
    comment:
      'Another package is imported by its name, through its index.ts, a style sheet beside it or (from tests) its testing folder.',
    severity: 'error',
    from: { path: `(${workspaceFolder})` },
    to: { path: workspaceFolder, pathNot: ['^$1', `${workspaceFolder}(?:index\\.tsx?$|[^/]+\\.css$|testing/)`] },
  },
  {
    name: 'no-inner-barrel',
    comment: "A package's own files import each other directly, never through the index.ts that is for others.",
    severity: 'error',
    from: { path: `(${workspaceFolder})`, pathNot: besideTheProduct },
    to: { path: '^$1index\\.tsx?$' },
  },
  {
    name: 'no-test-code-in-product',
    severity: 'error',
    from: { path: workspaceFolder, pathNot: besideTheProduct },
    to: { path: ['\\.test\\.tsx?$', '/testing/', '^tests/', '^tools/'], pathNot: 'node_modules' },
  },
]

/** One rule for the ring's product files and a wider one for its tests, which may use Node and the test tools. */
function ringRules(ring: Ring): IForbiddenRuleType[] {
  const own = `^(${folderPattern(ring.folder)})/`
  const moreSpecific = rings
    .filter((other) => other !== ring && new RegExp(own).test(`${other.folder}/`))
    .map((other) => `^${folderPattern(other.folder)}/`)
  const folders = ['^$1/', ...ring.mayImport.map((folder) => `^${folderPattern(folder)}/`)]
  const product = [...folders, ...packagePatterns(ring)]
  return [
    {
      name: ring.folder,
      comment: `${ring.folder} may import ${allowance(ring)}`,
      severity: 'error',
      from: { path: own, pathNot: [besideTheProduct, ...moreSpecific] },
      to: { pathNot: product, ...(ring.node ? { dependencyTypesNot: ['core' as const] } : {}) },
    },
    {
      name: `${ring.folder} tests`,
      comment: `tests in ${ring.folder} keep to its folders too; what crosses rings lives in tests/`,
      severity: 'error',
      from: { path: `${own}.*(?:${besideTheProduct})`, pathNot: moreSpecific },
      to: { pathNot: [...folders, 'node_modules/', sharedVectors], dependencyTypesNot: ['core'] },
    },
  ]
}

function packagePatterns(ring: Ring): string[] {
  if (ring.packages === 'declared') return ['node_modules/']
  return ring.packages.map((name) => `node_modules/${name.replace('*', '[^/]+')}/`)
}

/** In words, for messages: what a ring may import. */
export function allowance(ring: Ring): string {
  const packages = ring.packages === 'declared' ? ['the packages its manifest declares'] : ring.packages
  return ['itself', ...ring.mayImport, ...packages, ...(ring.node ? ['Node'] : [])].join(', ')
}

function isCrossing(root: string): boolean {
  return crossing.some((name) => name === root)
}
