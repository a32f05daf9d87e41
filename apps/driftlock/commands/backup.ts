import { chmod, copyFile, mkdir, open, rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import type { Command } from 'commander'
import { PROGRAM_VERSION } from '../program-version.ts'
import { CommandError } from '../terminal/command-error.ts'
import { writeNewPrivateFile } from '../terminal/new-private-file.ts'
import { progressBar } from '../terminal/progress.ts'
import { doneView, type View } from '../terminal/view.ts'
import { type BackupManifest, fileDigest, MANIFEST_FILE } from './backup-manifest.ts'
import { administering, argument, type Given, type OpenShell, withDataFolder } from './command-shell.ts'
import { checkCopy } from './check-database.ts'
import { noteAct } from './note-act.ts'

interface BackupOptions {
  readonly withMasterKey?: true
}

const PAGES_AT_ONCE = 1000
const DATABASE_NAME = 'driftlock.sqlite'
const MASTER_KEY_NAME = 'master.key'

/** `driftlock backup`: a copy of the database and its wrapped keys, while everything runs. */
export function define(command: Command): void {
  withDataFolder(command)
    .argument('<folder>', 'a new folder for the backup')
    .option('--with-master-key', 'put the master key in, too: whoever has the backup then has every seed')
    .addHelpText(
      'after',
      '\nSQLite is copied page by page while instances run, and the copy is checked. The data keys are in it, wrapped by the\nmaster key, which is NOT in it unless you ask: keep that apart, for without it no backup can be used.\nFor PostgreSQL use its own tools; this command says how.\n\nExample:\n  $ driftlock backup /var/backups/driftlock-2026-11-22',
    )
    .action(administering<BackupOptions>(backUp))
}

async function backUp(shell: OpenShell, given: Given<BackupOptions>): Promise<View> {
  const { instance } = shell
  if (instance.store.kind === 'postgresql') throw postgresqlAdvice()
  const folder = argument(given)
  const partial = `${folder}.partial`
  await mkdir(partial, { mode: 0o700 }).catch((error) => refuseExisting(error, partial))
  const database = join(partial, DATABASE_NAME)
  await copyDatabase(instance.database, database, given)
  const { faults } = checkCopy(database)
  if (faults.length > 0)
    throw new CommandError(
      'refused',
      'BACKUP_FAULTY',
      `The copy is not sound: ${faults.join('; ')}. It was left in ${partial}. Check the disk, then the database with: driftlock doctor`,
    )
  const withKey = given.options.withMasterKey === true
  if (withKey) await copyMasterKey(shell, given, partial)
  const masterKeyIds = [...new Set((await instance.store.keys.list()).map(({ masterKeyId }) => masterKeyId))]
  const manifest: BackupManifest = {
    format: 1,
    program: PROGRAM_VERSION,
    at: new Date(instance.clock.now()).toISOString(),
    masterKeyIds,
    files: {
      [DATABASE_NAME]: await fileDigest(database),
      ...(withKey && { [MASTER_KEY_NAME]: await fileDigest(join(partial, MASTER_KEY_NAME)) }),
    },
  }
  await writeNewPrivateFile(join(partial, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`)
  await rename(partial, folder).catch((error) => refuseExisting(error, folder))
  await noteAct(shell, { action: 'back-up', after: { folder: basename(folder), withMasterKey: withKey } })
  const key = withKey
    ? 'The master key is in it: keep this backup as you keep the key.'
    : `The master key (${masterKeyIds.join(', ')}) is NOT in it. Keep that apart: without it the backup cannot be used.`
  return doneView({ folder, ...manifest, withMasterKey: withKey }, `Backed up to ${folder}; the copy was checked.`, [
    key,
  ])
}

async function copyDatabase(from: string, to: string, { terminal }: Given<object>): Promise<void> {
  const source = new DatabaseSync(from, { readOnly: true })
  const progress = progressBar(terminal, 'Backing up', 'pages')
  try {
    await backup(source, to, {
      rate: PAGES_AT_ONCE,
      progress: ({ totalPages, remainingPages }) => progress.report(totalPages - remainingPages, totalPages),
    })
    await chmod(to, 0o600)
    const handle = await open(to, 'r+')
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
  } finally {
    progress.end()
    source.close()
  }
}

async function copyMasterKey({ instance }: OpenShell, { options }: Given<object>, folder: string): Promise<void> {
  const file = options.masterKeyFile ?? process.env['DRIFTLOCK_MASTER_KEY_FILE'] ?? instance.dataFolder.masterKeyFile
  const to = join(folder, MASTER_KEY_NAME)
  await copyFile(file, to).catch(async (error) => {
    await rm(folder, { recursive: true })
    throw error
  })
  await chmod(to, 0o600)
}

function refuseExisting(error: unknown, path: string): never {
  const code = error instanceof Error && 'code' in error ? error.code : ''
  if (code === 'EEXIST' || code === 'ENOTEMPTY')
    throw new CommandError(
      'conflict',
      'ALREADY_EXISTS',
      `${path} is there already. Name another folder, or remove it first.`,
    )
  throw error
}

function postgresqlAdvice(): CommandError {
  return new CommandError(
    'refused',
    'USE_PG_DUMP',
    'The database is PostgreSQL: back it up with its own tools, such as\n  pg_dump --format=custom --file=driftlock.dump "$DATABASE"\nand put it back with\n  pg_restore --clean --if-exists --dbname="$DATABASE" driftlock.dump\nThe wrapped data keys are in it. Back up the master key file apart: it is not in the database, and nothing else of Driftlock needs a backup.',
  )
}
