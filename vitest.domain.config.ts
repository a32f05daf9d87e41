import { defineConfig } from 'vitest/config'
import { seededProperties } from './tools/test/seeded-properties.ts'

/** Set by `npm run proof -- mutation --own FOLDER …`; a file of the domain's root stands for its own test. */
const folders = process.env['DOMAIN_TEST_FOLDERS']?.split(',') ?? ['**']
const tests = folders.map((folder) =>
  folder.endsWith('.ts') ? folder.replace(/ts$/, 'test.ts') : `${folder}/**/*.test.ts`,
)

/**
 * The domain's own tests as mutation testing runs them, once per mutant: without the slow ones (the model, random
 * histories), which could only kill more, and without those that read vectors beside the repository.
 */
export default defineConfig({
  plugins: [seededProperties()],
  test: {
    include: tests.map((test) => `core/domain/${test}`),
    exclude: [
      '**/node_modules/**',
      'core/domain/tokencode/vectors.test.ts',
      'core/domain/authentication/decide.{model,properties}.test.ts',
    ],
    testTimeout: 60_000,
  },
})
