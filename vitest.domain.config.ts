import { defineConfig } from 'vitest/config'
import { seededProperties } from './tools/test/seeded-properties.ts'

/** Set by `npm run proof -- mutation --own FOLDER …`. */
const folders = process.env['DOMAIN_TEST_FOLDERS']?.split(',') ?? ['**']

/**
 * The domain's own tests as mutation testing runs them, once per mutant: without the slow ones (the model, random
 * histories), which could only kill more, and without those that read vectors beside the repository.
 */
export default defineConfig({
  plugins: [seededProperties()],
  test: {
    include: folders.map((folder) => `core/domain/${folder}/**/*.test.ts`),
    exclude: [
      '**/node_modules/**',
      'core/domain/tokencode/vectors.test.ts',
      'core/domain/authentication/decide.{model,properties}.test.ts',
    ],
    testTimeout: 60_000,
  },
})
