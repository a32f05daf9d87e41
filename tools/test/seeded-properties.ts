import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

/**
 * Gives test files that import fast-check one whose seed is fixed, so that the same tree always passes or always fails: a
 * property that fails once in a thousand runs is found by a proof, not by somebody else's change.
 */
export function seededProperties(): Plugin {
  const seeded = fileURLToPath(new URL('seeded-fast-check.ts', import.meta.url))
  return {
    name: 'seeded-properties',
    enforce: 'pre',
    resolveId: (source, importer) => (source === 'fast-check' && importer !== seeded ? seeded : undefined),
  }
}
