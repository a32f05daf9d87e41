import { defineConfig } from 'vitest/config'

/** The browser tests: a real instance, Chromium, nginx and Caddy. They build the consoles and take minutes, so they run apart. */
export default defineConfig({
  test: {
    include: ['tests/e2e/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 240_000,
    fileParallelism: false,
  },
})
