import { writeFile } from 'node:fs/promises'
import { stringify } from 'yaml'
import type { Settings } from './read-settings-file.ts'

/** Makes a YAML file of settings for its owner alone: one may be an address with a password. @throws EEXIST when it is there. */
export function writeSettingsFile(path: string, settings: Settings): Promise<void> {
  return writeFile(path, stringify(settings), { mode: 0o600, flag: 'wx' })
}
