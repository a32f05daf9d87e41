import {
  type ChainReport,
  cloudEntry,
  removeCloudAdministrator,
  renewCloudSetUpCode,
  verifyChains,
} from '@driftlock/application'
import { COMMAND_CONTEXT, rotateCloudDataKeys } from '@driftlock/cloud'
import { KEY_GRACE_MS, ringAuditProof } from '@driftlock/keys'
import type { Command } from 'commander'
import { confirmed } from '../terminal/ask.ts'
import { progressBar } from '../terminal/progress.ts'
import { doneView, type View } from '../terminal/view.ts'
import { verificationView } from './audit-verification.ts'
import { type ConfigOption, onCloud } from './cloud-shell.ts'
import { answering, argument, type Given } from './command-shell.ts'
import { defineMasterKeyRotation, type MasterKeyOptions, rotateMaster } from './master-key-rotation.ts'

/** `driftlock cloud audit|administrator|keys`: what a service needs now and then, from the shell of its server. */
export function defineCloudUpkeep(command: Command): void {
  command
    .command('audit')
    .description('the audit log of the service')
    .command('verify')
    .description('prove the audit log: names the first record that was changed, moved, taken out or put in')
    .requiredOption('--config <file>', 'configuration file of the service')
    .action(answering<ConfigOption>(verifyAudit))
  defineAdministrators(command.command('administrator').description('administrators of the service'))
  defineKeys(command.command('keys').description('the data keys that seal seeds and private keys'))
}

function defineAdministrators(administrator: Command): void {
  administrator
    .command('remove')
    .description('remove an administrator who left; every session ends')
    .argument('<name>')
    .requiredOption('--config <file>', 'configuration file of the service')
    .option('-y, --yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  $ driftlock cloud administrator remove anna --config cloud.yaml')
    .action(answering<ConfigOption & { readonly yes?: true }>(removeAdministrator))
  administrator
    .command('reset')
    .description('make a new set-up code for an administrator who lost the password or the app')
    .argument('<name>')
    .requiredOption('--config <file>', 'configuration file of the service')
    .addHelpText('after', '\nExample:\n  $ driftlock cloud administrator reset admin --config cloud.yaml')
    .action(answering<ConfigOption>(resetAdministrator))
}

function defineKeys(keys: Command): void {
  keys
    .command('rotate')
    .description('make new data keys and seal every secret again; the service goes on meanwhile')
    .requiredOption('--config <file>', 'configuration file of the service')
    .option('--alone', 'the service does not run: new keys hold at once instead of in a minute')
    .addHelpText('after', '\nInterrupted, run it once more.')
    .action(answering<ConfigOption & { readonly alone?: true }>(rotateKeys))
  defineMasterKeyRotation(keys, {
    goesOn: 'processes that serve go on',
    example: 'driftlock cloud keys rotate-master --new-key-file /etc/driftlock/cloud-2.key --config cloud.yaml',
  })
    .requiredOption('--config <file>', 'configuration file of the service')
    .action(answering<ConfigOption & MasterKeyOptions>(rotateMasterOf))
}

async function verifyAudit({ options }: Given<ConfigOption>): Promise<View> {
  return onCloud(options, async ({ cloud, dataKeys }) => {
    const reports: ChainReport[] = []
    const { auditLog } = cloud.read
    for await (const report of verifyChains(auditLog, ringAuditProof(dataKeys.ring))) reports.push(report)
    return verificationView(reports)
  })
}

async function resetAdministrator(given: Given<ConfigOption>): Promise<View> {
  const name = argument(given)
  return onCloud(given.options, async (cloud) => {
    const setUpCode = await renewCloudSetUpCode(cloud, COMMAND_CONTEXT, name)
    const lines = [
      `Set-up code: ${setUpCode} (valid once, for 24 hours; enter it at /set-up of the service)`,
      'The new password takes the place of the old one, and there is no second factor then.',
    ]
    return doneView({ administrator: name, setUpCode }, lines.join('\n'))
  })
}

async function removeAdministrator(given: Given<ConfigOption & { readonly yes?: true }>): Promise<View> {
  const name = argument(given)
  await confirmed(given.terminal, `Remove the administrator ${name}?`, given.options.yes)
  return onCloud(given.options, async (cloud) => {
    const found = await cloud.cloud.read.administratorByName(name)
    await removeCloudAdministrator(cloud, COMMAND_CONTEXT, found?.id ?? name)
    return doneView({ administrator: name }, `Removed the administrator ${name}; the sessions have ended.`)
  })
}

async function rotateKeys({ options, terminal }: Given<ConfigOption & { readonly alone?: true }>): Promise<View> {
  return onCloud(options, async (cloud) => {
    const graceMs = options.alone === true ? 0 : KEY_GRACE_MS
    if (graceMs > 0) terminal.stderr.write(`Every process is given ${graceMs / 1000} s to load the new keys.\n`)
    const progress = progressBar(terminal, 'Sealing again', 'secrets')
    const onProgress = ({ done, total }: { readonly done: number; readonly total: number }) =>
      progress.report(done, total)
    const rotation = await rotateCloudDataKeys(cloud, { graceMs, onProgress }).finally(() => progress.end())
    const text = `${Object.keys(rotation.made).length} data keys were made, ${rotation.resealed} secrets lie under them.`
    return doneView(rotation, text)
  })
}

async function rotateMasterOf(given: Given<ConfigOption & MasterKeyOptions>): Promise<View> {
  return onCloud(given.options, async (cloud) =>
    rotateMaster(given, {
      parts: cloud.dataKeys.parts,
      note: (after) =>
        cloud.cloud.transaction(async (tx) =>
          tx.audit(cloudEntry(cloud, COMMAND_CONTEXT, { action: 'rotate-keys', after })),
        ),
      advice: { who: 'every process and command', or: 'name it as masterKeyFile in the configuration' },
    }),
  )
}
