import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { seededProperties } from '../../tools/test/seeded-properties.ts'

/** The domain's own tests, run by Chromium: virtual tokens in a page use the same code. */
export default defineConfig({
  root: new URL('../..', import.meta.url).pathname,
  // The vectors lie beside the repository.
  plugins: [seededProperties()],
  server: { fs: { strict: false } },
  test: {
    include: ['core/domain/**/*.test.ts'],
    // Compares with Node's own HMAC.
    exclude: ['**/node_modules/**', 'core/domain/keyed-hash.test.ts'],
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({
        launchOptions: {
          executablePath: '/usr/bin/chromium-headless-shell',
          args: [
            '--no-sandbox',
            '--disable-gpu',
            '--disable-quic',
            '--no-first-run',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync',
          ],
        },
      }),
      instances: [{ browser: 'chromium' }],
    },
  },
})
