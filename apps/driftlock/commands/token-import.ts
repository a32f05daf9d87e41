import { open, readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { type ImportFormat, type ImportReport, importTokens, type ImportTokensRequest } from '@driftlock/application'
import type { FormFactor, PasscodeStyle } from '@driftlock/domain'
import { decodeHex } from '@driftlock/formats'
import { collectingEarly } from '@driftlock/system'
import { type Command, Option } from 'commander'
import { askSecret } from '../terminal/ask.ts'
import { CommandError, wrongUsage } from '../terminal/command-error.ts'
import type { ExitCode } from '../terminal/exit-code.ts'
import { type Progress, progressBar } from '../terminal/progress.ts'
import { tableText } from '../terminal/table.ts'
import { isInteractive } from '../terminal/terminal.ts'
import type { View } from '../terminal/view.ts'
import { administering, argument, type Given, type OpenShell } from './command-shell.ts'
import { wholeNumber } from './number-options.ts'
import { securityDomainNamed } from './security-domains.ts'

interface ImportOptions {
  readonly format: 'auto' | ImportFormat
  readonly duplicates: 'refuse' | 'skip' | 'replace'
  readonly dryRun?: true
  readonly domain?: string
  readonly passwordFile?: string
  readonly keyFile?: string
  readonly deviceId?: string
  readonly ignoreTokenMacs?: true
  readonly form?: FormFactor
  readonly pinStyle?: PasscodeStyle
  readonly csvKind?: 'totp' | 'hotp'
  readonly csvDigits?: number
  readonly csvInterval?: number
}

export function defineTokenImport(token: Command): void {
  token
    .command('import')
    .description('import a file of tokens: sdtid, CTF, PSKC, CSV seed lists, otpauth links. All of it or nothing')
    .argument('<file>', '- = standard input')
    .addOption(
      new Option('--format <format>', 'what the file is')
        .choices(['auto', 'sdtid', 'ctf', 'pskc', 'csv', 'otpauth'])
        .default('auto'),
    )
    .addOption(
      new Option('--duplicates <rule>', 'tokens that are there already')
        .choices(['refuse', 'skip', 'replace'])
        .default('refuse'),
    )
    .option('--dry-run', 'read and check everything, change nothing')
    .option('--domain <name>', 'security domain of the tokens: id, name or path')
    .option(
      '--password-file <file>',
      'password of the file, from the first line of another; asked for when it is needed',
    )
    .option('--key-file <file>', 'PSKC: pre-shared key in hexadecimal')
    .option('--device-id <id>', 'CTF: the device it is bound to')
    .option(
      '--ignore-token-macs',
      'take tokens that their MAC does not prove (sdtid of old tools: wrong; PSKC: missing); confirm each with a code',
    )
    .addOption(new Option('--form <form>', 'for files that do not say it').choices(['key-fob', 'pinpad', 'software']))
    .addOption(
      new Option('--pin-style <style>', 'for files that do not say it').choices(['fob', 'pinpad', 'tokencode-only']),
    )
    .addOption(new Option('--csv-kind <kind>', 'for lists that do not say it').choices(['totp', 'hotp']))
    .option('--csv-digits <count>', 'for lists that do not say it', wholeNumber(6, 10))
    .option('--csv-interval <seconds>', 'for lists that do not say it', wholeNumber(1, 86_400))
    .addHelpText(
      'after',
      '\nExamples:\n  $ driftlock token import tokens.sdtid --dry-run\n  $ driftlock token import tokens.sdtid --duplicates skip --password-file password.txt\n  $ driftlock token import seeds.csv --csv-kind totp',
    )
    .action(administering<ImportOptions>(importFile))
}

async function importFile(shell: OpenShell, given: Given<ImportOptions>): Promise<View> {
  const { options, terminal } = given
  const password = options.passwordFile === undefined ? undefined : await passwordOf(given)
  const report = await importOnce(shell, given, password)
  const isAsked = report.outcome === 'refused' && report.errors.some(({ code }) => code === 'password-required')
  if (!isAsked || password !== undefined || !isInteractive(terminal) || argument(given) === '-')
    return reportView(report, given)
  return reportView(await importOnce(shell, given, await passwordOf(given)), given)
}

function passwordOf({ options, terminal, args }: Given<ImportOptions>): Promise<string> {
  const [file = ''] = args
  if (file === '-' && options.passwordFile === '-')
    throw wrongUsage('File and password cannot both come from the standard input.')
  return askSecret(terminal, { name: `Password of ${file}`, file: options.passwordFile, fileOption: '--password-file' })
}

async function importOnce(
  { instance, ports, context }: OpenShell,
  given: Given<ImportOptions>,
  password: string | undefined,
): Promise<ImportReport> {
  const file = argument(given)
  const progress = progressBar(given.terminal, 'Importing', 'tokens')
  try {
    const source = await counted(file, progress)
    const { id: securityDomainId } = await securityDomainNamed(ports.administration.read, given.options.domain)
    const request: ImportTokensRequest = {
      ...(await openingOf(given.options)),
      ...source,
      securityDomainId,
      ...(password !== undefined && { password }),
    }
    const report = await collectingEarly(() => importTokens(ports, context, request))
    if (report.inserted + report.replaced > 1000 && report.outcome === 'imported') await instance.store.analyse()
    return report
  } finally {
    progress.end()
  }
}

type Opening = Omit<ImportTokensRequest, 'source' | 'securityDomainId' | 'origin' | 'onProgress'>

async function openingOf(options: ImportOptions): Promise<Opening> {
  const {
    format,
    duplicates,
    dryRun,
    deviceId,
    ignoreTokenMacs,
    form,
    pinStyle,
    csvKind,
    csvDigits,
    csvInterval,
    keyFile,
  } = options
  const defaults = {
    ...(csvKind !== undefined && { kind: csvKind }),
    ...(csvDigits !== undefined && { digits: csvDigits }),
    ...(csvInterval !== undefined && { intervalSeconds: csvInterval }),
  }
  return {
    format,
    duplicates,
    dryRun: dryRun === true,
    ignoreTokenMacs: ignoreTokenMacs === true,
    ...(deviceId !== undefined && { deviceId }),
    ...(keyFile !== undefined && { preSharedKey: await keyIn(keyFile) }),
    ...(form !== undefined && { formFactor: form }),
    ...(pinStyle !== undefined && { passcodeStyle: pinStyle }),
    ...(Object.keys(defaults).length > 0 && { seedList: { defaults } }),
  }
}

async function keyIn(file: string): Promise<Uint8Array> {
  const key = decodeHex((await readFile(file, 'utf8')).trim())
  if (key === undefined)
    throw new CommandError('bad-file', 'KEY_MALFORMED', `${file}: the pre-shared key is not hexadecimal.`)
  return key
}

/** The file as a stream; how much of it was read tells how many tokens are still to come. */
async function counted(file: string, progress: Progress) {
  // Opened before anything else: a file that is not there is said at once.
  const handle = file === '-' ? undefined : await open(file)
  const input = handle?.createReadStream() ?? process.stdin
  const size = (await handle?.stat())?.size ?? 0
  let read = 0
  async function* source(): AsyncGenerator<Uint8Array> {
    for await (const chunk of input) {
      const octets = Buffer.from(chunk)
      read += octets.length
      yield octets
    }
  }
  const onProgress = ({ recordCount }: { readonly recordCount: number }) =>
    progress.report(
      recordCount,
      size === 0 || read === 0 ? 0 : Math.max(recordCount, Math.round((recordCount * size) / read)),
    )
  return { source: source(), origin: file === '-' ? 'standard input' : basename(file), onProgress }
}

function reportView(report: ImportReport, given: Given<ImportOptions>): View {
  return {
    json: report,
    text: (width) => reportText(report, width),
    exit: exitOf(report),
    notes: adviceOf(report, given),
  }
}

function exitOf({ outcome, errorCount }: ImportReport): ExitCode {
  if (outcome !== 'refused') return 'ok'
  return errorCount > 0 ? 'bad-file' : 'conflict'
}

function adviceOf(report: ImportReport, { options, args }: Given<ImportOptions>): readonly string[] {
  if (report.outcome === 'dry-run') return ['Dry run: nothing was changed.']
  if (report.outcome === 'imported') return report.inserted > 0 ? ['Next: driftlock token assign SERIAL USER'] : []
  if (report.errors.some(({ code }) => code === 'password-required') && options.passwordFile === undefined)
    return [`The file has a password: driftlock token import ${args[0] ?? ''} --password-file FILE`]
  const advice =
    report.errorCount > 0
      ? 'Mend or leave out the records above and import again.'
      : 'Choose --duplicates skip or --duplicates replace.'
  return [`Nothing was imported. ${advice}`]
}

function reportText(report: ImportReport, width: number): string {
  const { outcome, format, recordCount, inserted, replaced, skipped, errorCount, duplicateCount } = report
  const verb = outcome === 'imported' ? 'Imported' : outcome === 'dry-run' ? 'Would import' : 'Refused'
  const counts =
    outcome === 'refused'
      ? `errors: ${errorCount}, duplicates: ${duplicateCount}`
      : `${inserted} new, ${replaced} replaced, ${skipped} skipped`
  const parts = [`${verb}: ${format}, records: ${recordCount}; ${counts}.`]
  if (report.errors.length > 0) parts.push(tableText(report.errors.map(errorRow), width))
  if (report.duplicates.length > 0) parts.push(tableText(report.duplicates.map(duplicateRow), width))
  return parts.join('\n')
}

function errorRow({ record, serial, field, text }: ImportReport['errors'][number]) {
  return { record, serial, field, error: text }
}

function duplicateRow({ line, serial, with: where, assigned, sameSeed }: ImportReport['duplicates'][number]) {
  return {
    record: line,
    serial,
    duplicate: where === 'store' ? 'imported before' : 'twice in the file',
    assigned,
    'same seed': sameSeed,
  }
}
