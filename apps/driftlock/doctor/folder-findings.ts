import { stat } from 'node:fs/promises'
import { userInfo } from 'node:os'
import type { DataFolder } from '../instance/data-folder.ts'

/** One thing that was looked at. */
export interface Finding {
  readonly check: string
  /** `note` needs no deed now. */
  readonly level: 'good' | 'note' | 'fault'
  readonly text: string
  /** What to do; empty = nothing. */
  readonly advice: string
}

/** Who may read the data folder, the database and the key file. */
export async function folderFindings({ path, databaseFile, masterKeyFile }: DataFolder): Promise<readonly Finding[]> {
  const found = await Promise.all([
    permission(path, 'data folder', 0o700),
    permission(databaseFile, 'database', 0o600),
    permission(masterKeyFile, 'master key', 0o600),
  ])
  return found.filter((finding) => finding !== undefined)
}

async function permission(path: string, what: string, wanted: number): Promise<Finding | undefined> {
  const check = 'permissions'
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => error.code ?? 'unknown')
  if (found === 'ENOENT') return undefined
  if (typeof found === 'string')
    return {
      check,
      level: 'fault',
      text: `The ${what} ${path} cannot be looked at (${found}).`,
      advice: `Run this as the user Driftlock runs as.`,
    }
  const mode = (found.mode & 0o777).toString(8).padStart(4, '0')
  if ((found.mode & 0o077) !== 0)
    return {
      check,
      level: 'fault',
      text: `The ${what} ${path} has mode ${mode}: others of this machine can get at it.`,
      advice: `chmod ${wanted.toString(8)} ${path}`,
    }
  const { uid, username } = userInfo()
  if (found.uid !== uid)
    return {
      check,
      level: 'note',
      text: `The ${what} ${path} belongs to user ${found.uid}, and you are ${username} (${uid}).`,
      advice: 'Run commands as the user the instance runs as, or files may end up with the wrong owner.',
    }
  return { check, level: 'good', text: `The ${what} is for its owner alone (${mode}).`, advice: '' }
}
