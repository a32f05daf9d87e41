import { existsSync } from 'node:fs'
import { chmod, mkdir } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where the files of an instance lie inside its data folder. */
export interface DataFolder {
  readonly path: string
  readonly databaseFile: string
  readonly masterKeyFile: string
  readonly configurationFile: string
}

export function dataFolderAt(path: string): DataFolder {
  return {
    path,
    databaseFile: join(path, 'driftlock.sqlite'),
    masterKeyFile: join(path, 'master.key'),
    configurationFile: join(path, 'driftlock.yaml'),
  }
}

/** DRIFTLOCK_DATA, systemd's state directory, or `~/.local/share/driftlock`. */
export function defaultDataFolder(environment: Readonly<Record<string, string | undefined>>): string {
  return (
    environment['DRIFTLOCK_DATA'] ??
    environment['STATE_DIRECTORY'] ??
    join(environment['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'driftlock')
  )
}

/** Made for its owner alone; one that was there already is left as it is but for its mode. */
export async function makeDataFolder(path: string): Promise<DataFolder> {
  await mkdir(path, { recursive: true, mode: 0o700 })
  await chmod(path, 0o700)
  return dataFolderAt(path)
}

export function isInitialised(folder: DataFolder): boolean {
  return existsSync(folder.masterKeyFile) || existsSync(folder.databaseFile)
}

/** Nothing of Driftlock is where it was looked for. */
export class NoDataFolderError extends Error {
  readonly code = 'NO_DATA_FOLDER'

  constructor(text: string) {
    super(text)
    this.name = 'NoDataFolderError'
  }
}

/**
 * An empty database made in passing would deny every log-on: only `init` makes one.
 * @param database Where the configuration says it is; undefined = in the data folder.
 * @throws NoDataFolderError saying what is missing and how to name it.
 */
export function requireDataFolder(folder: DataFolder, database: string | undefined): void {
  if (database !== undefined || existsSync(folder.databaseFile)) return
  if (existsSync(folder.masterKeyFile))
    throw new NoDataFolderError(
      `There is no database in the data folder ${folder.path}. Name the one it was made for with --database, or as "database" in ${folder.configurationFile}.`,
    )
  const advice = 'Name the right one with --data or DRIFTLOCK_DATA, or make one with: driftlock init'
  throw new NoDataFolderError(`There is no data folder of Driftlock at ${folder.path}. ${advice}`)
}
