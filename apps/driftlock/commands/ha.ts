import { hostname } from 'node:os'
import {
  connectCloud,
  disconnectCloud,
  haStatus,
  listRecords,
  listSyncRuns,
  previewResync,
  probeCloud,
  type RecordCondition,
  type RecordFilter,
  requestResync,
  resyncUser,
  rotateCloudKeys,
  synchroniseNow,
} from '@driftlock/application'
import { UNMATCHED_REASONS } from '@driftlock/domain'
import { type Command, Option } from 'commander'
import { askSecret, confirmed } from '../terminal/ask.ts'
import { doneView, listView, type View } from '../terminal/view.ts'
import { cutNotes, firstRows } from './all-pages.ts'
import { administering, argument, type Given, type OpenShell, withDataFolder } from './command-shell.ts'
import { recordJson, recordRow, resyncView, runJson, runRow, runView, statusView } from './ha-views.ts'
import { wholeNumber } from './number-options.ts'

/** `driftlock ha`: high-availability tokencodes, the records that outlive the cloud (seed 001). */
export function define(command: Command): void {
  const ha = withDataFolder(command)
  defineConnection(ha)
  defineSync(ha)
  defineLists(ha)
}

function defineConnection(ha: Command): void {
  ha.command('connect')
    .description('connect this deployment to a company at a cloud access service')
    .argument('<code>', 'registration code of the cloud, good once; - reads it from the terminal or standard input')
    .argument('<url>', 'address of the cloud access service, such as https://cloud.example')
    .option('--name <name>', 'how this deployment is called there (default: the name of this machine)')
    .addHelpText(
      'after',
      '\nThe first run fetches everything. Records of a company that was connected before are removed when it ends.\n\nExample:\n  $ driftlock ha connect aBc…x.yZ…w https://cloud.example',
    )
    .action(administering<{ name?: string }>(connect))
  ha.command('disconnect')
    .description('end the connection and remove every record with its token')
    .option('-y, --yes', 'do not ask')
    .action(administering<{ yes?: true }>(disconnect))
  ha.command('rotate-keys')
    .description('change the keys of the connection now')
    .action(
      administering(async (shell) => {
        await rotateCloudKeys(shell.instance.highAvailability, shell.context)
        return doneView({ rotated: true }, 'The keys of the connection were changed.')
      }),
    )
}

function defineSync(ha: Command): void {
  ha.command('status')
    .description('connection, marker, counts, last and next run, whether the cloud can be reached')
    .option('--no-probe', 'do not ask the cloud')
    .addHelpText(
      'after',
      '\nEnds with 1 when there is an alarm: the last good run is longer ago than the setting allows.',
    )
    .action(administering<{ probe: boolean }>(status))
  ha.command('sync')
    .description('synchronise now, in this process')
    .addHelpText('after', '\nEnds with 1 when the run failed, with 4 when an instance is at it already.')
    .action(
      administering(async (shell) =>
        runView(await synchroniseNow(shell.instance.highAvailability, shell.context, { trigger: 'command' })),
      ),
    )
  ha.command('resync')
    .description('fetch everything again with the next run, or one user now')
    .option('--user <name>', 'this user alone, at once')
    .option('--dry-run', 'say what it would change, and change nothing')
    .addHelpText(
      'after',
      '\nWithout --user it sets the marker time to 0, as does:\n  $ driftlock store -a update_config auth_manager.cas.authentication.ha.seed_sync.marker_time 0 GLOBAL\n\nExamples:\n  $ driftlock ha resync --dry-run\n  $ driftlock ha resync --user ada',
    )
    .action(administering<{ user?: string; dryRun?: true }>(resync))
  ha.command('history')
    .description('runs, newest first')
    .option('--limit <count>', 'rows to show', wholeNumber(1, 500), 20)
    .action(administering<{ limit: number }>(history))
}

const CONDITIONS = ['matched', 'unmatched', 'revoked', 'deleted-here'] as const satisfies readonly RecordCondition[]
const REASONS = Object.keys(UNMATCHED_REASONS) as (keyof typeof UNMATCHED_REASONS)[] // the keys of that very table

function defineLists(ha: Command): void {
  ha.command('records')
    .description('tokencode records of the cloud')
    .argument('[text]', 'beginning of the serial or of the user’s attribute')
    .addOption(new Option('--condition <condition>', 'only those').choices(CONDITIONS))
    .option('--limit <count>', 'rows to show', wholeNumber(1, 100_000), 100)
    .action(administering<{ limit: number; condition?: RecordCondition }>(records))
  ha.command('unmatched')
    .description('records without a user here, and why')
    .argument('[text]', 'beginning of the serial or of the user’s attribute')
    .addOption(new Option('--reason <reason>', 'only those').choices(REASONS))
    .option('--limit <count>', 'rows to show', wholeNumber(1, 100_000), 100)
    .addHelpText('after', '\nThey are tried again when users or identity sources change; nothing need be done here.')
    .action(administering<{ limit: number; reason?: keyof typeof UNMATCHED_REASONS }>(unmatched))
}

async function connect(shell: OpenShell, given: Given<{ name?: string }>): Promise<View> {
  const typed = argument(given)
  const file = process.stdin.isTTY ? undefined : '-'
  const source = { name: 'Registration code', fileOption: 'the argument -', ...(file !== undefined && { file }) }
  const registrationCode = typed === '-' ? await askSecret(given.terminal, source) : typed
  const identity = await connectCloud(shell.instance.highAvailability, shell.context, {
    registrationCode,
    url: argument(given, 1),
    deploymentName: given.options.name ?? hostname(),
  })
  const { baseUrl, companyId, companyName, managerId, haEnabled } = identity
  return doneView(
    { baseUrl, companyId, companyName, managerId, haEnabled },
    `Connected to ${companyName} at ${baseUrl} as ${managerId}. A running instance begins to synchronise within seconds.`,
    haEnabled ? [] : ['Note: high availability is switched off for this company at the cloud; switch it on there.'],
  )
}

async function disconnect(shell: OpenShell, given: Given<{ yes?: true }>): Promise<View> {
  await confirmed(
    given.terminal,
    'End the connection and remove every token of an app? Their users then log on with other tokens only.',
    given.options.yes,
  )
  const { removed } = await disconnectCloud(shell.instance.highAvailability, shell.context)
  return doneView({ removed }, `The connection has ended; ${removed} records were removed.`)
}

async function status(shell: OpenShell, given: Given<{ probe: boolean }>): Promise<View> {
  const { highAvailability } = shell.instance
  const found = await haStatus(highAvailability, shell.context)
  const reach = given.options.probe ? await probeCloud(highAvailability, shell.context) : null
  return statusView(found, reach, shell.ports.clock.now())
}

async function resync(shell: OpenShell, given: Given<{ user?: string; dryRun?: true }>): Promise<View> {
  const { user, dryRun = false } = given.options
  const { highAvailability } = shell.instance
  if (user !== undefined) {
    const result = await resyncUser(highAvailability, shell.context, { user, dryRun })
    const hasNothing = result.counts.fetched + result.removed === 0
    const title = hasNothing ? `The cloud has no app of ${user}, and there is none here.` : undefined
    return resyncView(result, title ?? (dryRun ? `Would be done for ${user}:` : `Done for ${user}:`))
  }
  if (dryRun) return resyncView(await previewResync(highAvailability, shell.context), 'A full run would find:')
  await requestResync(highAvailability, shell.context)
  return doneView(
    { requested: true },
    'The next run fetches everything. A running instance begins within seconds; without one: driftlock ha sync',
  )
}

async function history(shell: OpenShell, given: Given<{ limit: number }>): Promise<View> {
  const { limit } = given.options
  const { highAvailability } = shell.instance
  const { items, more } = await firstRows((page) => listSyncRuns(highAvailability, shell.context, page), limit)
  const now = shell.ports.clock.now()
  return listView({
    items: items.map(runJson),
    rows: items.map((run) => runRow(run, now)),
    empty: 'There was no run yet.',
    notes: cutNotes(more, limit),
  })
}

async function records(shell: OpenShell, given: Given<{ limit: number; condition?: RecordCondition }>): Promise<View> {
  const { condition } = given.options
  return list(shell, given, condition === undefined ? {} : { condition })
}

async function unmatched(
  shell: OpenShell,
  given: Given<{ limit: number; reason?: keyof typeof UNMATCHED_REASONS }>,
): Promise<View> {
  const { reason } = given.options
  return list(shell, given, { condition: 'unmatched', ...(reason !== undefined && { reason }) })
}

async function list(shell: OpenShell, given: Given<{ limit: number }>, condition: RecordFilter): Promise<View> {
  const [text] = given.args
  const { limit } = given.options
  const filter = { ...condition, ...(text !== undefined && { text }) }
  const { highAvailability } = shell.instance
  const { items, more } = await firstRows(
    (page) => listRecords(highAvailability, shell.context, { ...page, filter }),
    limit,
  )
  const reasons = [...new Set(items.flatMap(({ reason }) => (reason === null ? [] : [reason])))]
  return listView({
    items: items.map(recordJson),
    rows: items.map(recordRow),
    empty: 'There are no such records.',
    notes: [...cutNotes(more, limit), ...reasons.map((reason) => `${reason}: ${UNMATCHED_REASONS[reason]}`)],
  })
}
