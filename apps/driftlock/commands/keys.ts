import { enqueueJob, type Job, listJobs, uniqueId } from '@driftlock/application'
import { KEY_GRACE_MS, KEY_PURPOSES, loadMasterKey, type MasterKey } from '@driftlock/keys'
import { Argument, type Command } from 'commander'
import { z } from 'zod'
import { doJob } from '../jobs/do-job.ts'
import { jobRunners } from '../jobs/job-runners.ts'
import type { RotationParameters } from '../jobs/rotate-keys.ts'
import { instantText, isoText } from '../terminal/instants.ts'
import { progressBar } from '../terminal/progress.ts'
import { doneView, listView, type View } from '../terminal/view.ts'
import { administering, type Given, type OpenShell, withDataFolder } from './command-shell.ts'
import { defineMasterKeyRotation, type MasterKeyOptions, rotateMaster } from './master-key-rotation.ts'
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
      '\nA job: when it is stopped, a running instance goes on with it within a minute, and so does the same command.\n\nExamples:\n  $ driftlock keys rotate seed\n  $ driftlock keys rotate --alone',
    )
    .action(administering<{ alone?: true }>(rotate))
  defineMasterKeyRotation(keys, {
    goesOn: 'instances go on',
    example: 'driftlock keys rotate-master --new-key-file /etc/driftlock/master-2.key',
  }).action(administering<MasterKeyOptions>(rotateMasterOf))
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
  const { instance, ports, context } = shell
  const portsOfJobs = { ...ports, operations: instance.store.operations }
  const purposes = KEY_PURPOSES.filter((purpose) => given.args[0] === undefined || purpose === given.args[0])
  const graceMs = given.options.alone === true ? 0 : KEY_GRACE_MS
  const parameters: RotationParameters = { purposes, graceMs }
  const unfinished = await unfinishedRotation(shell)
  const { id } = unfinished ?? (await enqueueJob(portsOfJobs, context, { kind: 'rotate-keys', parameters }))
  if (unfinished === undefined && graceMs > 0) {
    given.terminal.stderr.write(`Every instance is given ${graceMs / 1000} s to load the new keys.\n`)
  }
  const progress = progressBar(given.terminal, 'Sealing again', 'secrets')
  const { 'rotate-keys': runner } = jobRunners(instance)
  const onStep = (job: Job): void => {
    if (job.totalCount !== null) progress.report(job.doneCount, job.totalCount)
  }
  const job = await doJob(instance, { id, kind: 'rotate-keys', runner, holder: uniqueId(instance), onStep }).finally(
    () => progress.end(),
  )
  return rotationView(job, unfinished !== undefined)
}

/** A rotation that was begun and is not through: it is gone on with before keys are made once more. */
async function unfinishedRotation({ instance, context, ports }: OpenShell): Promise<Job | undefined> {
  const portsOfJobs = { ...ports, operations: instance.store.operations }
  for (const stand of ['running', 'queued'] as const) {
    const { items } = await listJobs(portsOfJobs, context, { kind: 'rotate-keys', status: stand, limit: 1 })
    if (items[0] !== undefined) return items[0]
  }
  return undefined
}

function rotationView(job: Job, wasUnfinished: boolean): View {
  const { made = {}, resealed = 0 } = resultSchema.parse(job.result ?? {})
  const json = { job: job.id, status: job.status, made, resealed, resumed: wasUnfinished }
  if (job.status !== 'succeeded') {
    const why = job.errorCode === null ? '' : ` (${job.errorCode})`
    const advice = 'What was sealed again stays good, and the old keys open the rest. Run the command again.'
    return {
      ...doneView(json, `The rotation ended as ${job.status}${why}: driftlock job show ${job.id}`, [advice]),
      exit: 'refused',
    }
  }
  const begun = wasUnfinished ? 'A rotation that had been begun is finished. ' : ''
  const purposes = Object.keys(made).join(', ')
  const sentence = `${begun}Made new keys for ${purposes}; looked at ${resealed} sealed secrets, all are under current keys.`
  return doneView(json, sentence, ['Older keys stay: they open what they sealed, such as PINs and old audit records.'])
}

const resultSchema = z.object({ made: z.record(z.string(), z.string()), resealed: z.number() }).partial()

async function rotateMasterOf(shell: OpenShell, given: Given<MasterKeyOptions>): Promise<View> {
  const { instance } = shell
  const current = await masterKeyOf(shell, given)
  return rotateMaster(given, {
    parts: { store: instance.store.keys, clock: instance.clock, masterKeys: [current] },
    note: (after) => noteAct(shell, { action: 'rotate-keys', after }),
    advice: { who: 'every instance and command', or: 'name it with --master-key-file' },
  })
}
