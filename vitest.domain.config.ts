import { defineConfig } from 'vitest/config'

/**
 * The domain's own tests as mutation testing runs them, once per mutant: without the slow ones (simulations, the model,
 * random histories), which could only kill more.
 */
export default defineConfig({
  test: {
    include: ['core/domain/**/*.test.ts'],
    exclude: [
      '**/node_modules/**',
      'core/domain/tokencode/vectors.test.ts',
      'core/domain/drift/fleet-simulation.test.ts',
      'core/domain/drift/forecast.test.ts',
      'core/domain/authentication/decide.{model,properties}.test.ts',
    ],
    testTimeout: 60_000,
  },
})
