import { randomBytes } from 'node:crypto'
import { rewrapSealed } from '@driftlock/application'
import {
  KEY_GRACE_MS,
  KEY_PURPOSES,
  loadMasterKey,
  type MasterKey,
  rotateDataKey,
  rotateMasterKey,
  writeMasterKeyFile,
} from '@driftlock/keys'
import { Argument, type Command } from 'commander'
import { sealedColumns } from '../instance/sealed-columns.ts'
import { confirmed } from '../terminal/ask.ts'
import { instantText, isoText } from '../terminal/instants.ts'
import { progressBar } from '../terminal/progress.ts'
import { doneView, listView, type View } from '../terminal/view.ts'
import { administering, type Given, type OpenShell, withDataFolder } from './command-shell.ts'
import { noteAct } from './note-act.ts'

/** `driftlock keys`: the data keys that seal secrets, and the master key that wraps them. */
export function define(command: Command): void {
  const keys = withDataFolder(command)
  keys
    .command('status')
    .description('data keys by purpose, and which master key wraps them')
    .action(administering(status))
  keys
    .command('rotate')
    .description('make new data keys and seal every secret again; instances go on meanwhile')
    .addArgument(new Argument('[purpose]', 'absent = all').choices(KEY_PURPOSES))
    .option('--alone', 'no instance runs: new keys hold at once instead of in a minute')
    .addHelpText(
      'after',
      '\nMay be stopped and repeated: what is sealed under the current key is passed over.\n\nExamples:\n  $ driftlock keys rotate seed\n  $ driftlock keys rotate --alone',
    )
    .action(administering<{ alone?: true }>(rotate))
  keys
    .command('rotate-master')
    .description(
      'wrap the data keys under another master key; instances go on, and need the new one at their next start',
    )
    .requiredOption('--new-key-file <file>', 'the new master key; made when the file is not there')
    .option('-y, --yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  $ driftlock keys rotate-master --new-key-file /etc/driftlock/master-2.key')
    .action(administering<{ newKeyFile: string; yes?: true }>(rotateMaster))
}

async function status({ instance }: OpenShell): Promise<View> {
  const now = instance.clock.now()
  const stored = await instance.store.keys.list()
  const newest = new Map<string, number>()
  for (const { purpose, generation, activeFrom } of stored)
    if (activeFrom <= now) newest.set(purpose, Math.max(generation, newest.get(purpose) ?? 0))
  const state = (key: (typeof stored)[number]) =>
    key.activeFrom > now ? 'soon' : newest.get(key.purpose) === key.generation ? 'current' : 'opens old values'
  const ordered = stored.toSorted((a, b) => a.purpose.localeCompare(b.purpose) || b.generation - a.generation)
  return listView({
    items: ordered.map((key) => ({
      id: key.id,
      purpose: key.purpose,
      generation: key.generation,
      state: state(key),
      createdAt: isoText(key.createdAt),
      activeFrom: isoText(key.activeFrom),
      masterKeyId: key.masterKeyId,
      ...(key.publicKey !== null && { publicKey: Buffer.from(key.publicKey).toString('base64') }),
    })),
    rows: ordered.map((key) => ({
      purpose: key.purpose,
      id: key.id,
      generation: key.generation,
      state: state(key),
      created: instantText(key.createdAt),
      'master key': key.masterKeyId,
    })),
    empty: 'There are no data keys.',
  })
}

async function masterKeyOf({ instance }: OpenShell, { options }: Given<object>): Promise<MasterKey> {
  const { masterKeyFile } = options
  return loadMasterKey({
    environment: process.env,
    defaultFile: instance.dataFolder.masterKeyFile,
    ...(masterKeyFile !== undefined && { file: masterKeyFile }),
  })
}

async function rotate(shell: OpenShell, given: Given<{ alone?: true }>): Promise<View> {
  const { instance } = shell
  const parts = {
    store: instance.store.keys,
    clock: instance.clock,
    masterKeys: [await masterKeyOf(shell, given)],
  } as const
  const purposes = KEY_PURPOSES.filter((purpose) => given.args[0] === undefined || purpose === given.args[0])
  const graceMs = given.options.alone === true ? 0 : KEY_GRACE_MS
  const made: Record<string, string> = {}
  for (const purpose of purposes) made[purpose] = await rotateDataKey(instance.keys, parts, { purpose, graceMs })
  await waitForGrace(graceMs, given)
  const progress = progressBar(given.terminal, 'Sealing again', 'secrets')
  let resealed = 0
  try {
    for await (const { done, total } of rewrapSealed(instance.keys, sealedColumns(instance.store.administration))) {
      resealed = done
      progress.report(done, total)
    }
  } finally {
    progress.end()
  }
  await noteAct(shell, { action: 'rotate-keys', after: { made } })
  const sentence = `Made new keys for ${purposes.join(', ')}; looked at ${resealed} sealed secrets, all are under current keys.`
  return doneView({ made, resealed }, sentence, [
    'Older keys stay: they open what they sealed, such as PINs and old audit records.',
  ])
}

/** Instances load a new key within seconds; nobody seals with it before all have it. */
async function waitForGrace(graceMs: number, { terminal }: Given<object>): Promise<void> {
  if (graceMs === 0) return
  const until = Date.now() + graceMs
  const progress = progressBar(terminal, 'Waiting until every instance has the new keys', 's')
  if (!terminal.stderr.isTTY)
    terminal.stderr.write(`Waiting ${graceMs / 1000} s until every instance has the new keys.\n`)
  while (Date.now() < until) {
    progress.report(Math.round((graceMs - (until - Date.now())) / 1000), graceMs / 1000)
    await new Promise((resolve) => setTimeout(resolve, Math.min(500, Math.max(1, until - Date.now()))))
  }
  progress.end()
}

async function rotateMaster(shell: OpenShell, given: Given<{ newKeyFile: string; yes?: true }>): Promise<View> {
  const { newKeyFile, yes } = given.options
  const { instance } = shell
  await confirmed(given.terminal, `Wrap all data keys under the master key in ${newKeyFile}?`, yes)
  const next = await loadOrMake(newKeyFile)
  const current = await masterKeyOf(shell, given)
  const parts = { store: instance.store.keys, clock: instance.clock, masterKeys: [current] } as const
  const wrapped = await rotateMasterKey(parts, next)
  await noteAct(shell, { action: 'rotate-keys', after: { masterKeyId: next.id, previousMasterKeyId: current.id } })
  const sentence = `${wrapped} data keys are wrapped under master key ${next.id} from ${newKeyFile}.`
  const advice = `From the next start on, every instance and command needs it: put it where ${current.source} is, or name it with --master-key-file. Keep the old one as long as you keep backups made under it.`
  return doneView({ wrapped, masterKeyId: next.id, previousMasterKeyId: current.id }, sentence, [advice])
}

async function loadOrMake(file: string): Promise<MasterKey> {
  try {
    return await writeMasterKeyFile(file, randomBytes(32))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    return loadMasterKey({ environment: {}, file })
  }
}
