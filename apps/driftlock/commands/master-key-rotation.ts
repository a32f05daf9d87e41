import { randomBytes } from 'node:crypto'
import { type KeyRingParts, loadMasterKey, type MasterKey, rotateMasterKey, writeMasterKeyFile } from '@driftlock/keys'
import type { Command } from 'commander'
import { confirmed } from '../terminal/ask.ts'
import { doneView, type View } from '../terminal/view.ts'
import type { Given } from './command-shell.ts'

export interface MasterKeyOptions {
  readonly newKeyFile: string
  readonly yes?: true
}

/** `rotate-master` as it is said of a manager and of a cloud access service. */
export function defineMasterKeyRotation(keys: Command, { goesOn, example }: { goesOn: string; example: string }) {
  return keys
    .command('rotate-master')
    .description(`wrap the data keys under another master key; ${goesOn}, and need the new one at their next start`)
    .requiredOption('--new-key-file <file>', 'the new master key; made when the file is not there')
    .option('-y, --yes', 'do not ask')
    .addHelpText('after', `\nExample:\n  $ ${example}`)
}

export interface MasterKeyRotation {
  readonly parts: KeyRingParts
  /** Puts on record which master key took the place of which. */
  readonly note: (after: { readonly masterKeyId: string; readonly previousMasterKeyId: string }) => Promise<void>
  /** Who needs the new key from the next start on, and where else it may be named. */
  readonly advice: { readonly who: string; readonly or: string }
}

/** Asks, wraps every data key under the master key of the file, and says what comes next. */
export async function rotateMaster(given: Given<MasterKeyOptions>, rotation: MasterKeyRotation): Promise<View> {
  const { newKeyFile, yes } = given.options
  const { parts, note, advice } = rotation
  await confirmed(given.terminal, `Wrap all data keys under the master key in ${newKeyFile}?`, yes)
  const next = await loadOrMake(newKeyFile)
  const [current] = parts.masterKeys
  const wrapped = await rotateMasterKey(parts, next)
  await note({ masterKeyId: next.id, previousMasterKeyId: current.id })
  const sentence = `${wrapped} data keys are wrapped under master key ${next.id} from ${newKeyFile}.`
  const nextSteps = `From the next start on, ${advice.who} needs it: put it where ${current.source} is, or ${advice.or}. Keep the old one as long as you keep backups made under it.`
  return doneView({ wrapped, masterKeyId: next.id, previousMasterKeyId: current.id }, sentence, [nextSteps])
}

async function loadOrMake(file: string): Promise<MasterKey> {
  try {
    return await writeMasterKeyFile(file, randomBytes(32))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    return loadMasterKey({ environment: {}, file })
  }
}
