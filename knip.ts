import type { KnipConfig } from 'knip'

/** Started by name from tools/check/steps.ts, or by another of them: no import shows it. */
const tools = ['@biomejs/biome', 'oxlint', 'oxlint-tsgolint']

/** Declared ahead of the code that will import them. This list only ever shrinks; empty, it goes. */
const ahead = [
  '@driftlock/.+',
  '@axe-core/playwright',
  '@fastify/.+',
  '@hookform/resolvers',
  '@inquirer/prompts',
  '@node-rs/argon2',
  '@noble/.+',
  '@patternfly/.+',
  '@playwright/test',
  '@scure/base',
  '@stryker-mutator/.+',
  '@tanstack/react-query',
  '@types/(?:autocannon|cli-progress|pg|react|react-dom)',
  '@vitejs/plugin-react',
  'autocannon',
  'cli-progress',
  'cli-table3',
  'commander',
  'fast-check',
  'fastify(?:-zod-openapi)?',
  'i18next',
  'kysely',
  'listr2',
  'pg',
  'pino',
  'prom-client',
  'react(?:-dom|-hook-form|-i18next|-router)?',
  'recharts',
  'saxes',
  'uqr',
  'yaml',
  'zod',
]

// A package's index.ts is its public face through its manifest's "exports", so knip takes it as an entry by itself.
const config: KnipConfig = {
  ignoreDependencies: [...tools, ...ahead.map((name) => new RegExp(`^${name}$`))],
  ignoreBinaries: ['apt-get'],
  workspaces: {
    '.': {
      entry: ['tests/{bench,proof}/*.{bench,proof}.ts', 'tools/*/main.ts'],
      project: ['{tests,tools}/**/*.{ts,mjs}'],
    },
    'core/*': { entry: 'testing/*.ts', project: '**/*.ts' },
    'adapters/*': { entry: 'testing/*.ts', project: '**/*.ts' },
    'ui/*': { entry: 'main.tsx', project: '**/*.{ts,tsx}' },
    'apps/*': { entry: 'main.ts', project: '**/*.ts' },
  },
}

export default config
