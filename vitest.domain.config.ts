import { defineConfig } from 'vitest/config'

/** The domain's own tests and nothing else: what mutation testing runs, once per mutant. */
export default defineConfig({
  test: {
    include: ['core/domain/**/*.test.ts'],
    exclude: [
      '**/node_modules/**',
      'core/domain/tokencode/vectors.test.ts',
      'core/domain/drift/fleet-simulation.test.ts',
    ],
    testTimeout: 60_000,
  },
})
