import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { writeSettingsFile } from '@driftlock/configuration-file'
import type { Command } from 'commander'
import { loadConfiguration } from '../configuration/load-configuration.ts'
import { type DataFolder, dataFolderAt, defaultDataFolder, isInitialised } from '../instance/data-folder.ts'
import { createFirstAdministrator, initialiseInstance } from '../instance/initialise-instance.ts'

interface InitFlags {
  readonly data: string
  readonly database?: string
  readonly masterKeyFile?: string
  readonly administrator: string
  readonly json?: true
}

/** `driftlock init`: data folder, master key, database, first super administrator with a one-time set-up code. */
export function define(command: Command): void {
  command
    .option('--data <folder>', 'data folder', defaultDataFolder(process.env))
    .option('--database <address>', 'postgres:// address or SQLite file instead of the data folder’s own')
    .option('--master-key-file <file>', 'use this master key instead of making one')
    .option('--administrator <user id>', 'user id of the first super administrator', 'admin')
    .option('--json', 'one JSON object on one line')
    .action(initialise)
}

async function initialise(flags: InitFlags): Promise<void> {
  const folder = dataFolderAt(flags.data)
  if (isInitialised(folder)) {
    throw Object.assign(new Error(`The data folder ${folder.path} is in use already. Name another one with --data.`), {
      code: 'DATA_FOLDER_IN_USE',
    })
  }
  const { database, masterKeyFile } = await loadConfiguration({
    defaultFile: folder.configurationFile,
    environment: process.env,
    flags: {
      ...(flags.database !== undefined && { database: flags.database }),
      ...(flags.masterKeyFile !== undefined && { masterKeyFile: flags.masterKeyFile }),
    },
  })
  const instance = await initialiseInstance({
    dataFolder: flags.data,
    environment: process.env,
    name: 'command',
    ...(database !== undefined && { database }),
    ...(masterKeyFile !== undefined && { masterKeyFile }),
  })
  try {
    const notes = await keepFlags(folder, flags)
    const { username, setUpCode } = await createFirstAdministrator(instance, flags.administrator)
    const made = { dataFolder: folder.path, masterKeyFile: keyPlace(folder, masterKeyFile), username, setUpCode }
    process.stdout.write(flags.json ? `${JSON.stringify(made)}\n` : inWords(made))
    for (const note of notes) process.stderr.write(`${note}\n`)
  } finally {
    await instance.close()
  }
}

/**
 * Writes what the flags said into the data folder's configuration file, so that every later command finds the same database
 * and key. A file that is there is its owner's. @returns what to tell.
 */
async function keepFlags(folder: DataFolder, { database, masterKeyFile }: InitFlags): Promise<readonly string[]> {
  if (database === undefined && masterKeyFile === undefined) return []
  const isAddress = database?.includes('://') === true
  const settings = {
    ...(database !== undefined && { database: isAddress ? database : resolve(database) }),
    ...(masterKeyFile !== undefined && { masterKeyFile: resolve(masterKeyFile) }),
  }
  const names = Object.keys(settings).join(' and ')
  const notes = hasPassword(database) ? [PASSWORD_SEEN] : []
  if (existsSync(folder.configurationFile))
    return [
      ...notes,
      `${folder.configurationFile} is there already: write ${names} into it, or give the same flags to each command.`,
    ]
  await writeSettingsFile(folder.configurationFile, settings)
  return [...notes, `Kept in ${folder.configurationFile}: ${names}.`]
}

const PASSWORD_SEEN =
  'Warning: a password on the command line is seen by every user of this machine; DRIFTLOCK_DATABASE_FILE names a file instead.'

function hasPassword(database: string | undefined): boolean {
  return database !== undefined && URL.canParse(database) && new URL(database).password !== ''
}

/** Where the master key lies: made beside the database only where none was given. @returns `undefined` = in the environment. */
function keyPlace({ masterKeyFile: own }: DataFolder, given: string | undefined): string | undefined {
  return existsSync(own) ? own : (given ?? process.env['DRIFTLOCK_MASTER_KEY_FILE'])
}

function inWords(made: {
  dataFolder: string
  masterKeyFile: string | undefined
  username: string
  setUpCode: string
}): string {
  return [
    `Data folder:   ${made.dataFolder}`,
    `Master key:    ${made.masterKeyFile ?? 'the one given'} (back it up apart from the database: without it no token works)`,
    `Administrator: ${made.username}`,
    `Set-up code:   ${made.setUpCode} (valid once, for 24 hours)`,
    '',
    `Start it with: driftlock serve --data ${made.dataFolder}`,
    '',
  ].join('\n')
}
