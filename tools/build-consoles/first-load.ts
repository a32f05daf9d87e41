import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** Bytes, gzip, of a built page and of every script and style sheet that it names: what comes before any route. */
export function firstLoadBytes(dist: string, base: string): number {
  const page = readFileSync(join(dist, 'index.html'), 'utf8')
  const files = [...page.matchAll(/(?:src|href)="([^"]+\.(?:js|css))"/g)].map((match) =>
    (match[1] ?? '').replace(base, ''),
  )
  const parts = [Buffer.from(page), ...new Set(files).values().map((file) => readFileSync(join(dist, file)))]
  return parts.reduce((sum, part) => sum + gzipSync(part).byteLength, 0)
}
