import type { Plugin } from 'vite'

/** The seed of every property in the gate; `npm run proof -- properties` sets others. */
const SEED = Number(process.env['PROPERTY_SEED'] ?? 20_260_105)

const SEEDED = '\0seeded-fast-check'
const SOURCE = `
import fc from 'fast-check'
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: ${SEED} })
export * from 'fast-check'
export default fc`

/**
 * Gives test files that import fast-check one whose seed is fixed, so that the same tree always passes or always fails: a
 * property that fails once in a thousand runs is found by a proof, not by somebody else's change.
 */
export function seededProperties(): Plugin {
  return {
    name: 'seeded-properties',
    enforce: 'pre',
    resolveId: (source, importer) => (source === 'fast-check' && importer !== SEEDED ? SEEDED : undefined),
    load: (id) => (id === SEEDED ? SOURCE : undefined),
  }
}
