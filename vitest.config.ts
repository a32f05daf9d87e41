import { defineConfig } from 'vitest/config'
import { seededProperties } from './tools/test/seeded-properties.ts'

const exclude = ['**/node_modules/**', '**/dist/**']

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        plugins: [seededProperties()],
        test: {
          name: 'node',
          include: ['{core,adapters,apps,clients,ui,tests,tools}/**/*.test.{ts,tsx}'],
          exclude: [...exclude, 'tests/e2e/**'],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // A real instance, Chromium, nginx and Caddy. Runs when the others are through: it counts seconds.
        test: {
          name: 'browser',
          include: ['tests/e2e/**/*.test.ts'],
          exclude,
          globalSetup: 'tests/e2e/browser/set-up.ts',
          testTimeout: 120_000,
          hookTimeout: 240_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
