import { chmod, copyFile, mkdir, rename, rm } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { loadMasterKey } from '@driftlock/keys'
import type { Command } from 'commander'
import { dataFolderAt, type DataFolder, isInitialised } from '../instance/data-folder.ts'
import { CommandError } from '../terminal/command-error.ts'
import { doneView, type View } from '../terminal/view.ts'
import { type BackupManifest, verifiedManifest } from './backup-manifest.ts'
import { checkCopy } from './check-database.ts'
import { answering, argument, type Given, openForShell, shellOn, withDataFolder } from './command-shell.ts'
import { noteAct } from './note-act.ts'

interface RestoreOptions {
  readonly force?: true
}

/** `driftlock restore`: verifies a backup, then puts it where the data folder is. */
export function define(command: Command): void {
  withDataFolder(command)
    .argument('<folder>', 'a backup that "driftlock backup" made')
    .option('--force', 'put it over a data folder that is in use; that one is kept beside it')
    .addHelpText(
      'after',
      '\nStop every instance on the data folder first. Codes that were used after the backup can be used again for as long as\nthey are shown, and PINs, emergency codes and assignments are those of the backup.\n\nExample:\n  $ driftlock restore /var/backups/driftlock-2026-11-22 --data /var/lib/driftlock',
    )
    .action(answering<RestoreOptions>(restore))
}

async function restore(given: Given<RestoreOptions>): Promise<View> {
  const folder = argument(given)
  const manifest = await verifiedManifest(folder)
  const source = join(folder, 'driftlock.sqlite')
  const { faults, tokens, users } = checkCopy(source)
  if (faults.length > 0)
    throw new CommandError(
      'bad-file',
      'BACKUP_DAMAGED',
      `The database in the backup is not sound: ${faults.join('; ')}. Nothing was changed.`,
    )
  const target = dataFolderAt(given.options.data)
  const kept = await makeRoom(target, given.options.force === true)
  await putBack({ folder, manifest, kept }, target)
  await requireMasterKey(manifest, target, given)
  const instance = await openForShell(given.options)
  try {
    await noteAct(shellOn(instance), { action: 'restore', after: { backupAt: manifest.at, tokens, users } })
  } finally {
    await instance.close()
  }
  const notes = kept === undefined ? [] : [`The data folder that was there is kept as ${kept}.`]
  return doneView(
    { dataFolder: target.path, backupAt: manifest.at, tokens, users, kept: kept ?? null },
    `Restored ${users} users and ${tokens} tokens as of ${manifest.at} to ${target.path}.`,
    notes,
  )
}

/** @returns where the earlier data folder is kept now. @throws CommandError `DATA_FOLDER_IN_USE`. */
async function makeRoom(target: DataFolder, force: boolean): Promise<string | undefined> {
  if (!existsSync(target.path)) return undefined
  if (!isInitialised(target)) return undefined
  if (!force)
    throw new CommandError(
      'conflict',
      'DATA_FOLDER_IN_USE',
      `There is a data folder of Driftlock at ${target.path}. Stop its instances and add --force to put the backup in its place (it is kept beside), or name another one with --data.`,
    )
  const kept = `${target.path}.before-restore-${new Date().toISOString().replace(/[:.]/g, '-')}`
  await rename(target.path, kept)
  return kept
}

interface PuttingBack {
  readonly folder: string
  readonly manifest: BackupManifest
  /** Where the earlier data folder is: its key and configuration stay in use. */
  readonly kept: string | undefined
}

async function putBack({ folder, manifest, kept }: PuttingBack, target: DataFolder): Promise<void> {
  await mkdir(target.path, { recursive: true, mode: 0o700 })
  for (const name of Object.keys(manifest.files)) {
    const to = join(target.path, name)
    await copyFile(join(folder, name), to)
    await chmod(to, 0o600)
  }
  if (kept === undefined) return
  const before = dataFolderAt(kept)
  for (const [from, to] of [
    [before.masterKeyFile, target.masterKeyFile],
    [before.configurationFile, target.configurationFile],
  ] as const)
    if (existsSync(from) && !existsSync(to)) {
      await copyFile(from, to)
      await chmod(to, 0o600)
    }
}

/** Without it the restored folder is of no use; what was put there is taken away again. */
async function requireMasterKey(
  { masterKeyIds }: BackupManifest,
  target: DataFolder,
  { options }: Given<object>,
): Promise<void> {
  const { masterKeyFile } = options
  const places = {
    environment: process.env,
    defaultFile: target.masterKeyFile,
    ...(masterKeyFile !== undefined && { file: masterKeyFile }),
  }
  const found = await loadMasterKey(places).catch(() => undefined)
  if (found !== undefined && masterKeyIds.includes(found.id)) return
  await rm(target.databaseFile, { force: true })
  const what = found === undefined ? 'none was found' : `the one from the ${found.source} is ${found.id}`
  throw new CommandError(
    'keys-unavailable',
    'MASTER_KEY_WRONG',
    `The backup needs master key ${masterKeyIds.join(' or ')}, but ${what}. Put it at ${target.masterKeyFile} (mode 0600) or name it with --master-key-file, then restore again.`,
  )
}
