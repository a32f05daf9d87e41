import { join } from 'node:path'
import {
  type Distributed,
  type DistributionMethod,
  distributeToken,
  redistributeTokens,
  undoRedistribution,
} from '@driftlock/application'
import type { CtfSpelling } from '@driftlock/formats'
import { type Command, Option } from 'commander'
import { renderUnicodeCompact } from 'uqr'
import { askSecret, confirmed } from '../terminal/ask.ts'
import { writeNewPrivateFile } from '../terminal/new-private-file.ts'
import { doneView, type View } from '../terminal/view.ts'
import { administering, argument, type Given, type OpenShell } from './command-shell.ts'
import { tokenJson } from './token-views.ts'

interface DistributeOptions {
  readonly as: DistributionMethod['type']
  readonly spelling: CtfSpelling
  readonly issuer: string
  readonly deviceId?: string
  readonly passwordFile?: string
  readonly password: boolean
  readonly out?: string
  readonly qr?: true
}

/** Sending software tokens to their devices (seed 000). */
export function defineTokenDistribution(token: Command): void {
  withMethod(
    token
      .command('distribute')
      .description('give a software token to its user: sdtid file, CTF string or otpauth link')
      .argument('<serial>'),
  )
    .addHelpText(
      'after',
      '\nExamples:\n  $ driftlock token distribute 000312345678 --as ctf --qr\n  $ driftlock token distribute 000312345678 --as sdtid --out /media/usb',
    )
    .action(administering<DistributeOptions>(distribute))
  withMethod(
    token
      .command('redistribute')
      .description('give software tokens again with a new seed; the old copies work until the new ones are first used')
      .argument('<serial...>'),
  )
    .option('-y, --yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  $ driftlock token redistribute 000312345678 --as ctf --qr')
    .action(administering<DistributeOptions & { yes?: true }>(redistribute))
  token
    .command('undo-redistribution')
    .description('void a new copy that was not used yet; the old one stays')
    .argument('<serial>')
    .action(
      administering(async ({ ports, context }, given) => {
        const changed = await undoRedistribution(ports, context, { token: argument(given) })
        return doneView(
          tokenJson(changed, ports.clock.now()),
          `The new copy of token ${changed.record.serial} is void; the old one stays.`,
        )
      }),
    )
}

function withMethod(command: Command): Command {
  return command
    .addOption(
      new Option('--as <format>', 'what the device takes').choices(['ctf', 'sdtid', 'otpauth']).makeOptionMandatory(),
    )
    .addOption(new Option('--spelling <kind>', 'CTF: how it is written').choices(SPELLINGS).default('digits'))
    .option('--issuer <name>', 'otpauth: what the app shows beside the user', 'Driftlock')
    .option('--device-id <id>', 'bind it to one device')
    .option('--password-file <file>', 'read its password from the first line of a file; asked for when absent')
    .option('--no-password', 'do not protect the file or string by a password')
    .option('--out <folder>', 'write files into this folder (mode 0600) instead of the terminal')
    .option('--qr', 'show it as a QR code, too')
}

const SPELLINGS: readonly CtfSpelling[] = ['digits', 'blocks', 'url-any', 'url-ios', 'url-android']

async function methodOf({ options, terminal }: Given<DistributeOptions>): Promise<DistributionMethod> {
  const { as, spelling, issuer, deviceId, passwordFile } = options
  if (as === 'otpauth') return { type: 'otpauth', issuer }
  const source = {
    name: 'Password for the user to type',
    file: passwordFile,
    fileOption: '--password-file',
    confirm: true,
  }
  const password = options.password ? await askSecret(terminal, source) : undefined
  const protection = { ...(password !== undefined && { password }), ...(deviceId !== undefined && { deviceId }) }
  return as === 'sdtid' ? { type: 'sdtid', ...protection } : { type: 'ctf', spelling, ...protection }
}

async function distribute({ ports, context }: OpenShell, given: Given<DistributeOptions>): Promise<View> {
  const done = await distributeToken(ports, context, { token: argument(given), method: await methodOf(given) })
  return distributedView([done], given, ['This holds the seed: give it to its user only, and delete it afterwards.'])
}

async function redistribute(
  { ports, context }: OpenShell,
  given: Given<DistributeOptions & { yes?: true }>,
): Promise<View> {
  const named = [...new Set(given.args)]
  const what =
    named.length === 1
      ? `token ${named[0]}`
      : `${named.length} tokens (${named.slice(0, 5).join(', ')}${named.length > 5 ? ' …' : ''})`
  await confirmed(
    given.terminal,
    `Make a new seed for ${what}? The old copy works until the new one is first used.`,
    given.options.yes,
  )
  const done = await redistributeTokens(ports, context, {
    tokens: named,
    confirmedCount: named.length,
    method: await methodOf(given),
  })
  return distributedView(done, given, [
    'The old copies work until the new ones are first used. Until then: driftlock token undo-redistribution SERIAL',
  ])
}

async function distributedView(
  all: readonly Distributed[],
  { options }: Given<DistributeOptions>,
  notes: readonly string[],
): Promise<View> {
  const { out, qr } = options
  if (out === undefined) {
    const shown = all.map(({ serial, text }) =>
      [
        ...(all.length > 1 ? [`Token ${serial}:`] : []),
        text,
        ...(qr === true ? [renderUnicodeCompact(text)] : []),
      ].join('\n'),
    )
    return { json: { tokens: all }, text: () => shown.join('\n'), notes }
  }
  const files: string[] = []
  for (const { fileName, text } of all) {
    const file = join(out, fileName)
    await writeNewPrivateFile(file, text.endsWith('\n') ? text : `${text}\n`)
    files.push(file)
  }
  const tokens = all.map(({ serial, method }, at) => ({ serial, method, file: files[at] }))
  return doneView({ tokens }, files.map((file) => `Wrote ${file}`).join('\n'), notes)
}
