import { defineConfig } from 'vitest/config'

/**
 * The domain's own tests as mutation testing runs them, once per mutant: without the slow ones (the model, random
 * histories), which could only kill more, and without those that read vectors beside the repository.
 */
export default defineConfig({
  test: {
    include: ['core/domain/**/*.test.ts'],
    exclude: [
      '**/node_modules/**',
      'core/domain/tokencode/vectors.test.ts',
      'core/domain/authentication/decide.{model,properties}.test.ts',
    ],
    testTimeout: 60_000,
  },
})
