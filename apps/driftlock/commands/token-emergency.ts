import {
  emergencyAccessOfToken,
  emergencyCodesText,
  endEmergencyAccess,
  findToken,
  proposeEmergencyAccess,
  saveEmergencyAccess,
} from '@driftlock/application'
import { EMERGENCY_SETTING_WARNINGS, type EmergencySettings, type IfTokenBecomesAvailable } from '@driftlock/domain'
import { type Command, Option } from 'commander'
import { askSecret } from '../terminal/ask.ts'
import { instantText, isoText, parseInstant } from '../terminal/instants.ts'
import { writeNewPrivateFile } from '../terminal/new-private-file.ts'
import { doneView, objectView, type View } from '../terminal/view.ts'
import { administering, argument, type Given, type OpenShell } from './command-shell.ts'
import { wholeNumber } from './number-options.ts'

interface ProposeOptions {
  readonly count: number
  readonly fixed?: true
  readonly expires: string
  readonly ifAvailable: IfTokenBecomesAvailable
  readonly save?: true
  readonly export?: string
}

/** Emergency access (seeds 002, 004): proposing generates codes, saving makes them valid. */
export function defineTokenEmergency(token: Command): void {
  const emergency = token
    .command('emergency')
    .description('codes that stand in for a token that is lost or left at home')
  definePropose(emergency)
  emergency
    .command('save')
    .description('make proposed codes valid; those of an earlier issue are void')
    .argument('<serial>')
    .option('--proposal-file <file>', 'the proposal that "propose" gave; - = standard input')
    .addHelpText('after', '\nExample:\n  $ driftlock token emergency save 000312345678 --proposal-file proposal.txt')
    .action(administering<{ proposalFile?: string }>(save))
  emergency
    .command('show')
    .description('whether emergency access stands, until when, and how many codes are left')
    .argument('<serial>')
    .action(administering(showStatus))
  emergency
    .command('end')
    .description('void the emergency codes; the token itself works again')
    .argument('<serial>')
    .action(
      administering(async ({ ports, context }, given) => {
        const { record } = await endEmergencyAccess(ports, context, { token: argument(given) })
        return doneView(
          { serial: record.serial, emergencyAccess: false },
          `Emergency access of token ${record.serial} has ended.`,
        )
      }),
    )
}

function definePropose(emergency: Command): void {
  emergency
    .command('propose')
    .description('generate emergency codes and show them once; they are not valid before they are saved')
    .argument('<serial>')
    .option('--count <number>', 'one-time tokencodes in the set', wholeNumber(1, 50), 5)
    .option('--fixed', 'one temporary fixed tokencode instead of a set')
    .option('--expires <time>', '2026-12-31, a time from now such as 7d, or never', '7d')
    .addOption(
      new Option('--if-available <rule>', 'what happens when the token turns up again')
        .choices(['deny', 'allow-and-disable-emergency', 'allow-after-expiry'])
        .default('allow-and-disable-emergency'),
    )
    .option('--save', 'save at once: the codes are valid')
    .option('--export <file>', 'write the codes to a new file for the user; - = standard output')
    .addHelpText(
      'after',
      '\nExamples:\n  $ driftlock token emergency propose 000312345678 --count 10 --expires 3d --save\n  $ driftlock token emergency propose 000312345678 --if-available deny --save --export codes.txt',
    )
    .action(administering<ProposeOptions>(propose))
}

async function propose(shell: OpenShell, given: Given<ProposeOptions>): Promise<View> {
  const { ports, context } = shell
  const { options } = given
  const token = await findToken(ports.administration.read, argument(given))
  const { serial } = token.record
  const settings: EmergencySettings = {
    method: options.fixed === true ? { type: 'temporary-fixed' } : { type: 'one-time-set', count: options.count },
    expiresAt: options.expires === 'never' ? null : parseInstant(options.expires, ports.clock.now()),
    ifTokenBecomesAvailable: options.ifAvailable,
  }
  const { codes, sealedProposal, warnings } = await proposeEmergencyAccess(ports, context, { token: serial, settings })
  if (options.save === true) await saveEmergencyAccess(ports, context, { token: serial, sealedProposal })
  const pinNeeded = token.record.passcodeStyle !== 'tokencode-only'
  const sheet = { codes, settings, serial, username: token.username ?? '', pinNeeded }
  const texts = warnings.map((warning) => EMERGENCY_SETTING_WARNINGS[warning])
  const valid = options.save === true
  const json = {
    serial,
    valid,
    expiresAt: isoText(settings.expiresAt),
    pinNeeded,
    warnings: texts,
    ...(!valid && { proposal: sealedProposal }),
  }
  const next = valid
    ? 'The codes are valid now.'
    : `Not valid yet. Save within half an hour: driftlock token emergency save ${serial}`
  const notes = [...texts.map((text) => `Warning: ${text}`), next]
  if (options.export !== undefined && options.export !== '-') {
    await writeNewPrivateFile(options.export, emergencyCodesText(sheet))
    return doneView({ ...json, file: options.export }, `Wrote ${codes.length} codes to ${options.export}.`, notes)
  }
  const proposal = valid ? '' : `\n\nProposal:\n${sealedProposal}`
  const shown = options.export === '-' ? emergencyCodesText(sheet) : codes.join('\n')
  return { json: { ...json, codes }, text: () => `${shown}${proposal}`, notes }
}

async function save({ ports, context }: OpenShell, given: Given<{ proposalFile?: string }>): Promise<View> {
  const serial = argument(given)
  const source = { name: 'Proposal', file: given.options.proposalFile, fileOption: '--proposal-file' }
  const sealedProposal = (await askSecret(given.terminal, source)).trim()
  await saveEmergencyAccess(ports, context, { token: serial, sealedProposal })
  return doneView({ serial, emergencyAccess: true }, `The emergency codes of token ${serial} are valid now.`)
}

async function showStatus({ ports, context }: OpenShell, given: Given<object>): Promise<View> {
  const serial = argument(given)
  const status = await emergencyAccessOfToken(ports, context, { token: serial })
  if (status === null) return doneView({ serial, emergencyAccess: null }, `Token ${serial} has no emergency access.`)
  const emergencyAccess = { ...status, issuedAt: isoText(status.issuedAt), expiresAt: isoText(status.expiresAt) }
  return objectView(
    { serial, emergencyAccess },
    {
      Token: serial,
      Method: status.method === 'one-time-set' ? 'set of one-time tokencodes' : 'temporary fixed tokencode',
      'Codes left': status.codesLeft,
      Issued: instantText(status.issuedAt),
      Expires: instantText(status.expiresAt) || 'never',
      Expired: status.expired,
      'If the token turns up': status.ifTokenBecomesAvailable,
      'PIN needed': status.pinNeeded,
    },
  )
}
