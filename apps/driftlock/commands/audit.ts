import {
  type AuditFilter,
  type AuditRecord,
  exportAuditRecords,
  findUser,
  pruneAudit,
  searchAudit,
  verifyAudit,
} from '@driftlock/application'
import { AUDIT_ACTIONS, type AuditAction } from '@driftlock/domain'
import { ringAuditProof, ringCheckpointSigner } from '@driftlock/keys'
import { type Command, Option } from 'commander'
import { confirmed } from '../terminal/ask.ts'
import { wrongUsage } from '../terminal/command-error.ts'
import { instantText, isoText, parseInstant } from '../terminal/instants.ts'
import { writeNewPrivateFile } from '../terminal/new-private-file.ts'
import { progressBar } from '../terminal/progress.ts'
import { doneView, JsonLines, listView, type View } from '../terminal/view.ts'
import { cutNotes, firstRows } from './all-pages.ts'
import { verificationView } from './audit-verification.ts'
import { administering, type Given, type OpenShell, withDataFolder } from './command-shell.ts'
import { noteAct } from './note-act.ts'
import { wholeNumber } from './number-options.ts'
import { pruningLog } from './pruning-log.ts'

interface FilterOptions {
  readonly since?: string
  readonly until?: string
  readonly user?: string
  readonly token?: string
  readonly agent?: string
  readonly action?: readonly string[]
  readonly outcome?: 'success' | 'failure' | 'warning'
  readonly reason?: string
}

/** `driftlock audit`: what was done, by whom, and the proof that nothing of it was changed. */
export function define(command: Command): void {
  const audit = withDataFolder(command)
  withFilter(audit.command('search').description('audit records, newest first'))
    .option('--oldest-first')
    .option('--limit <count>', 'rows to show', wholeNumber(1, 1_000_000), 50)
    .addHelpText(
      'after',
      '\nExamples:\n  $ driftlock audit search --user anna --since -1d\n  $ driftlock audit search --action authenticate --outcome failure --json',
    )
    .action(administering<FilterOptions & { oldestFirst?: true; limit: number }>(search))
  audit
    .command('verify')
    .description('prove every chain: names the first record that was changed, moved, taken out or put in')
    .action(administering(verify))
  withFilter(audit.command('export').description('write records as JSON lines or CSV, oldest first'))
    .addOption(new Option('--format <format>').choices(['json-lines', 'csv']).default('json-lines'))
    .option('--out <file>', 'a new file (mode 0600); absent = standard output')
    .addHelpText('after', '\nExample:\n  $ driftlock audit export --since 2026-11-01 --format csv --out november.csv')
    .action(administering<FilterOptions & { format: 'csv' | 'json-lines'; out?: string }>(exportRecords))
  audit
    .command('prune')
    .description('reduce old records to their hashes; the chain stays provable')
    .requiredOption('--before <time>', 'a date, or a time back such as -400d')
    .option('-y, --yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  $ driftlock audit prune --before -400d')
    .action(administering<{ before: string; yes?: true }>(prune))
}

function withFilter(command: Command): Command {
  return command
    .option('--since <time>', 'a date, or a time back such as -2h')
    .option('--until <time>', 'before this time')
    .option('--user <user>', 'user ID or alias')
    .option('--token <serial>')
    .option('--agent <name>', 'agent or RADIUS client')
    .option('--action <name...>', 'such as authenticate, assign-token')
    .addOption(new Option('--outcome <outcome>').choices(['success', 'failure', 'warning']))
    .option('--reason <reason>', 'such as wrong-passcode')
}

async function filterOf({ ports }: OpenShell, options: FilterOptions): Promise<AuditFilter> {
  const now = ports.clock.now()
  const { since, until, user, token, agent, action, outcome, reason } = options
  return {
    ...(since !== undefined && { from: parseInstant(since, now) }),
    ...(until !== undefined && { before: parseInstant(until, now) }),
    ...(user !== undefined && { userId: (await findUser(ports.administration.read, user)).user.id }),
    ...(token !== undefined && { tokenSerial: token }),
    ...(agent !== undefined && { agent }),
    ...(action !== undefined && { actions: action.map(actionNamed) }),
    ...(outcome !== undefined && { outcome }),
    ...(reason !== undefined && { reason }),
  }
}

function actionNamed(name: string): AuditAction {
  if (Object.hasOwn(AUDIT_ACTIONS, name)) return name as AuditAction // checked on this line
  throw wrongUsage(`There is no action "${name}". The actions: ${Object.keys(AUDIT_ACTIONS).join(', ')}`)
}

async function search(
  shell: OpenShell,
  given: Given<FilterOptions & { oldestFirst?: true; limit: number }>,
): Promise<View> {
  const { limit, oldestFirst = false } = given.options
  const filter = await filterOf(shell, given.options)
  const { items, more } = await firstRows(
    (page) => searchAudit(shell.ports, shell.context, { filter, oldestFirst, ...page }),
    limit,
  )
  return listView({
    items: items.map(({ chainId, sequence, entry }) => ({ chainId, sequence, ...entry, at: isoText(entry.at) })),
    rows: items.map(recordRow),
    empty: 'No record matches.',
    notes: cutNotes(more, limit),
  })
}

function recordRow({ entry }: AuditRecord) {
  return {
    time: instantText(entry.at),
    action: entry.action,
    outcome: entry.outcome,
    reason: entry.reason === 'done' ? '' : entry.reason,
    user: entry.username,
    token: entry.tokenSerial,
    by: entry.actor.type === 'command' ? `${entry.actor.name} (shell)` : entry.actor.name,
    through: entry.agent === entry.actor.name ? '' : entry.agent,
  }
}

async function verify({ ports, context, instance }: OpenShell, given: Given<object>): Promise<View> {
  const heads = await ports.administration.read.auditLog.heads()
  const total = heads.reduce((sum, { sequence }) => sum + sequence, 0)
  const progress = progressBar(given.terminal, 'Verifying', 'records')
  const reports = []
  let seen = 0
  const onRecord = () => {
    seen++
    if (seen % 500 === 0) progress.report(seen, total)
  }
  try {
    for await (const report of verifyAudit({ ...ports, proof: ringAuditProof(instance.keys) }, context, { onRecord }))
      reports.push(report)
  } finally {
    progress.end()
  }
  return verificationView(reports)
}

async function exportRecords(
  shell: OpenShell,
  given: Given<FilterOptions & { format: 'csv' | 'json-lines'; out?: string }>,
): Promise<View> {
  const { format, out } = given.options
  const pieces = exportAuditRecords(shell.ports, shell.context, {
    filter: await filterOf(shell, given.options),
    format,
  })
  if (out === undefined) {
    for await (const piece of pieces) given.terminal.stdout.write(piece)
    return { json: new JsonLines([]), text: () => '' }
  }
  await writeNewPrivateFile(out, pieces)
  return doneView({ file: out, format }, `Wrote ${out}.`)
}

async function prune(
  { ports, context, instance }: OpenShell,
  given: Given<{ before: string; yes?: true }>,
): Promise<View> {
  const before = parseInstant(given.options.before, ports.clock.now())
  await confirmed(
    given.terminal,
    `Reduce all records before ${instantText(before)} to their hashes? Their content cannot come back.`,
    given.options.yes,
  )
  const proof = {
    clock: ports.clock,
    proof: ringAuditProof(instance.keys),
    signer: ringCheckpointSigner(instance.keys),
  }
  const pruned = new Map<string, number>()
  const faults: string[] = []
  const progress = progressBar(given.terminal, 'Pruning', 'records')
  for await (const step of pruneAudit({ ...proof, auditLog: pruningLog(ports.administration) }, before)) {
    pruned.set(step.chainId, step.pruned)
    progress.report(step.pruned)
    if (step.fault !== undefined) faults.push(`Chain ${step.chainId} keeps its records: ${step.fault.text}`)
  }
  progress.end()
  const total = [...pruned.values()].reduce((sum, one) => sum + one, 0)
  await noteAct({ ports, context }, { action: 'prune-audit', after: { before, pruned: Object.fromEntries(pruned) } })
  const json = { before: isoText(before), pruned: Object.fromEntries(pruned), faults }
  return {
    ...doneView(json, `Reduced ${total} records to their hashes.`, faults),
    exit: faults.length === 0 ? 'ok' : 'refused',
  }
}
