import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{core,adapters,apps,clients,ui,tests,tools}/**/*.test.{ts,tsx}'],
    // The browser tests have a configuration of their own: npm run test:browser.
    exclude: ['**/node_modules/**', '**/dist/**', 'tests/e2e/**'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
})
