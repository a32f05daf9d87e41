import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { KnipConfig } from 'knip'

/** Started by name from tools/check/steps.ts, or by another of them: no import shows it. */
const tools = ['@biomejs/biome', 'oxlint', 'oxlint-tsgolint']

/** Programs of the machine that tests, tools and the service start. */
const machinePrograms = [
  'apt-get',
  'caddy',
  'mount',
  'nginx',
  'oathtool',
  'openssl',
  'radclient',
  'setpriv',
  'ssh-keygen',
  'stoken',
  'strace',
  'systemd-notify',
  'umount',
  'useradd',
  'userdel',
]

// A package's index.ts is its public face through its manifest's "exports", so knip takes it as an entry by itself.
const config: KnipConfig = {
  ignoreDependencies: tools,
  ignoreBinaries: machinePrograms,
  ignoreWorkspaces: unopened(),
  ignoreExportsUsedInFile: true,
  // Interfaces are part of a function's signature, whether a caller spells their name or not.
  exclude: ['types'],
  workspaces: {
    '.': {
      entry: [
        'tests/{bench,proof}/*.{bench,proof}.ts',
        'tests/bench/ha/feed-process.ts',
        'tests/bench/radius/*-server.ts',
        'tests/high-availability/testing/sync-process.ts',
        'tests/bench/web-agent/serve-web-agent.ts',
        'tests/browser/*.config.ts',
        'tools/*/main.ts',
      ],
      project: ['{tests,tools}/**/*.{ts,mjs}'],
    },
    'core/*': { entry: 'testing/*.ts', project: '**/*.ts' },
    'adapters/*': { entry: 'testing/*.ts', project: '**/*.ts' },
    'ui/*': { entry: 'main.tsx', project: '**/*.{ts,tsx}' },
    'clients/*': { project: '**/*.ts' },
    'apps/*': { entry: 'main.ts', project: '**/*.ts' },
  },
}

/** Packages that nobody can use yet, because their front door is still empty: nothing in them can be called unused. */
function unopened(): string[] {
  return globSync('{core,adapters,ui,clients,apps}/*/index.ts')
    .filter((path) => readFileSync(path, 'utf8').trim() === 'export {}')
    .map((path) => dirname(path))
    .filter((folder) => !existsSync(join(folder, 'main.ts')) && !existsSync(join(folder, 'main.tsx')))
}

export default config
