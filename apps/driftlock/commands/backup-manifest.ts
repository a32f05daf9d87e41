import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import { CommandError } from '../terminal/command-error.ts'

export const MANIFEST_FILE = 'backup.json'

const manifestSchema = z.object({
  format: z.literal(1),
  program: z.string(),
  at: z.iso.datetime(),
  /** Which master key is needed to use it. */
  masterKeyIds: z.array(z.string().regex(/^[0-9a-f]{16}$/)),
  /** SHA-256 of every file, in hexadecimal. */
  files: z.record(z.string().regex(/^[\w.-]+$/), z.string().regex(/^[0-9a-f]{64}$/)),
})

/** What a backup consists of. */
export type BackupManifest = z.infer<typeof manifestSchema>

export async function fileDigest(path: string): Promise<string> {
  const digest = createHash('sha256')
  await pipeline(createReadStream(path), digest)
  return digest.digest('hex')
}

/** Reads a backup's manifest and holds every file against it. @throws CommandError `BACKUP_DAMAGED`, `NO_BACKUP`. */
export async function verifiedManifest(folder: string): Promise<BackupManifest> {
  const text = await readFile(join(folder, MANIFEST_FILE), 'utf8').catch(() => undefined)
  if (text === undefined)
    throw new CommandError(
      'bad-file',
      'NO_BACKUP',
      `${folder} holds no backup: there is no ${MANIFEST_FILE} in it. Name the folder that "driftlock backup" made.`,
    )
  const manifest = manifestSchema.safeParse(parsed(text))
  if (!manifest.success) throw damaged(folder, MANIFEST_FILE)
  for (const [name, digest] of Object.entries(manifest.data.files)) {
    const found = await fileDigest(join(folder, name)).catch(() => 'missing')
    if (found !== digest) throw damaged(folder, name)
  }
  return manifest.data
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function damaged(folder: string, name: string): CommandError {
  return new CommandError(
    'bad-file',
    'BACKUP_DAMAGED',
    `${join(folder, name)} is missing or is not what was backed up. Use another backup; nothing was changed.`,
  )
}
