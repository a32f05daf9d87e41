import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import type { InlineConfig } from 'vite'
import { compressBuilt } from './compress.ts'
import { firstLoadBytes } from './first-load.ts'
import { isStale } from './is-stale.ts'
import { plainSchemas } from './plain-schemas.ts'
import { pruneStyles } from './prune-styles.ts'

/** A console: its folder below ui/ and the address that it is served under. */
interface ConsoleSite {
  readonly folder: string
  readonly base: string
}

const consoles: readonly ConsoleSite[] = [
  { folder: 'virtual-tokens', base: '/virtual-tokens/' },
  { folder: 'security-console', base: '/console/' },
  { folder: 'self-service-console', base: '/self-service/' },
]

/** What a console may make a browser download before its first page is shown, gzip. */
const firstLoadLimitBytes = 250 * 1024

const workspace = fileURLToPath(new URL('../../', import.meta.url))

interface BuildOptions {
  /** Leaves alone what is built and has not changed since, for a quick start. */
  readonly onlyStale?: boolean
}

/**
 * Builds every console that has a page into its `dist` and prints what the first load weighs.
 * @throws Error when a first load is heavier than the limit.
 */
export async function buildConsoles({ onlyStale = false }: BuildOptions = {}): Promise<void> {
  const wanted = consoles.filter(({ folder }) => !onlyStale || isStale(workspace, `ui/${folder}`))
  if (wanted.length === 0) return
  // Loading the builder takes longer than finding out that it is not needed.
  const { build } = await import('vite')
  for (const site of wanted) {
    const root = join(workspace, 'ui', site.folder)
    await build(settings(root, site.base))
    compressBuilt(join(root, 'dist'))
    report(site, firstLoadBytes(join(root, 'dist'), site.base))
  }
}

function settings(root: string, base: string): InlineConfig {
  return {
    root,
    base,
    configFile: false,
    logLevel: 'warn',
    plugins: [react(), plainSchemas()],
    css: { postcss: { plugins: [pruneStyles()] } },
    build: {
      target: 'es2024',
      // Only files: the policy of the pages allows no inline script, style or data: font.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 1024,
    },
  }
}

function report(site: ConsoleSite, bytes: number): void {
  const kibibytes = (bytes / 1024).toFixed(1)
  console.log(`${site.folder}: first load ${kibibytes} KiB gzip (at most ${firstLoadLimitBytes / 1024})`)
  if (bytes > firstLoadLimitBytes) {
    throw new Error(`${site.folder}: the first load weighs ${kibibytes} KiB: move something into a route`)
  }
}
