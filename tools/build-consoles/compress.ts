import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { constants, gzipSync } from 'node:zlib'

/** Lays a gzip beside every text that was built: the server sends it as it is, at no cost. */
export function compressBuilt(dist: string): void {
  for (const file of globSync('**/*.{html,js,css,svg}', { cwd: dist })) {
    const path = join(dist, file)
    writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: constants.Z_BEST_COMPRESSION }))
  }
}
