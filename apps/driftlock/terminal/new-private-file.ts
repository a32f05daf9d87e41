import { open } from 'node:fs/promises'

/** Writes a new file that only its owner can read, and waits until it is on disk. @throws EEXIST rather than overwrite. */
export async function writeNewPrivateFile(path: string, pieces: string | AsyncIterable<string>): Promise<void> {
  const file = await open(path, 'wx', 0o600)
  try {
    if (typeof pieces === 'string') await file.write(pieces)
    else for await (const piece of pieces) await file.write(piece)
    await file.sync()
  } finally {
    await file.close()
  }
}
