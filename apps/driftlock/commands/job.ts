import { cancelJob, enqueueJob, type Job, type JobKind, listJobs } from '@driftlock/application'
import { Argument, type Command } from 'commander'
import { CommandError } from '../terminal/command-error.ts'
import { fromNowText, isoText } from '../terminal/instants.ts'
import { doneView, listView, objectView, type View } from '../terminal/view.ts'
import { cutNotes, firstRows } from './all-pages.ts'
import { administering, argument, type Given, type OpenShell, withDataFolder } from './command-shell.ts'
import { wholeNumber } from './number-options.ts'

/** Those that need to be told nothing. */
const KINDS_TO_START: readonly JobKind[] = ['verify-audit', 'rotate-keys', 'discard-left-overs']

/** `driftlock job`: long work that running instances do. */
export function define(command: Command): void {
  const job = withDataFolder(command)
  job
    .command('list')
    .description('jobs, newest first')
    .option('--limit <count>', 'rows to show', wholeNumber(1, 10_000), 20)
    .action(administering<{ limit: number }>(list))
  job.command('show').description('one job').argument('<id>').action(administering(showJob))
  job
    .command('start')
    .description('put a job in the queue; a running instance takes it up')
    .addArgument(new Argument('<kind>').choices(KINDS_TO_START))
    .addHelpText('after', '\nExample:\n  $ driftlock job start verify-audit')
    .action(
      administering(async (shell, given) => {
        const kind = argument(given) as JobKind // commander allows only the kinds
        const made = await enqueueJob(portsOf(shell), shell.context, { kind })
        return doneView(jobJson(made), `Queued job ${made.id}. It runs on an instance: driftlock job show ${made.id}`)
      }),
    )
  job
    .command('cancel')
    .description('stop a job at its next step')
    .argument('<id>')
    .action(
      administering(async (shell, given) => {
        const id = argument(given)
        await cancelJob(portsOf(shell), shell.context, { id })
        return doneView({ id, cancelRequested: true }, `Job ${id} is asked to stop.`)
      }),
    )
}

function portsOf({ ports, instance }: OpenShell) {
  return { ...ports, operations: instance.store.operations }
}

function jobJson(job: Job) {
  return {
    ...job,
    createdAt: isoText(job.createdAt),
    startedAt: isoText(job.startedAt),
    finishedAt: isoText(job.finishedAt),
  }
}

function progressText({ doneCount, totalCount }: Job): string {
  return totalCount === null ? String(doneCount) : `${doneCount} of ${totalCount}`
}

async function list(shell: OpenShell, given: Given<{ limit: number }>): Promise<View> {
  const { limit } = given.options
  const { items, more } = await firstRows((page) => listJobs(portsOf(shell), shell.context, page), limit)
  const now = shell.ports.clock.now()
  return listView({
    items: items.map(jobJson),
    rows: items.map((one) => ({
      id: one.id,
      kind: one.kind,
      status: one.status,
      done: progressText(one),
      error: one.errorCode,
      created: fromNowText(one.createdAt, now),
    })),
    empty: 'There are no jobs.',
    notes: cutNotes(more, limit),
  })
}

async function showJob(shell: OpenShell, given: Given<object>): Promise<View> {
  const found = await shell.instance.store.operations.jobs.find(argument(given))
  if (found === undefined)
    throw new CommandError(
      'not-found',
      'NOT_FOUND',
      `There is no job ${argument(given)}. List them with: driftlock job list`,
    )
  const now = shell.ports.clock.now()
  return objectView(jobJson(found), {
    Id: found.id,
    Kind: found.kind,
    Status: found.status,
    Done: progressText(found),
    Error: found.errorCode,
    'Asked to stop': found.cancelRequested,
    By: found.createdBy,
    Created: fromNowText(found.createdAt, now),
    Started: fromNowText(found.startedAt, now),
    Finished: fromNowText(found.finishedAt, now),
    Result: found.result === null ? '' : JSON.stringify(found.result),
  })
}
