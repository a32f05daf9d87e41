import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { type AppRegistrationRequest, appTokencode, readVirtualApp, registerVirtualApp } from '@driftlock/cloud'
import { unixMs } from '@driftlock/domain'
import type { Command } from 'commander'
import { askSecret } from '../terminal/ask.ts'
import { CommandError } from '../terminal/command-error.ts'
import { writeNewPrivateFile } from '../terminal/new-private-file.ts'
import { doneView, type View } from '../terminal/view.ts'
import { answering, argument, type Given } from './command-shell.ts'

interface RegisterOptions {
  readonly service: string
  readonly codeFile?: string
  readonly name: string
}

/** `driftlock cloud app`: an authenticator app in a file, to try the service with. */
export function defineCloudApp(command: Command): void {
  const app = command.command('app').description('a virtual authenticator app, kept in a file')
  app
    .command('register')
    .description('register an app with the code from the console, and keep it in a new file')
    .argument('<file>', 'new file for the app; it holds the seed and is for its owner alone')
    .requiredOption('--service <url>', 'address of the service, as beside the QR code')
    .option('--code-file <file>', 'read the registration code from the first line of a file, or - ; absent = asked for')
    .option('--name <text>', 'name of the device', hostname())
    .addHelpText('after', '\nExample:\n  $ driftlock cloud app register anna.app --service https://cloud.example.com')
    .action(answering<RegisterOptions>(register))
  app
    .command('tokencode')
    .description('what the app shows now')
    .argument('<file>', 'file of the app')
    .action(answering(tokencode))
}

async function register(given: Given<RegisterOptions>): Promise<View> {
  const file = argument(given)
  if (existsSync(file)) {
    throw new CommandError('conflict', 'FILE_EXISTS', `${file} is there already. Name a new file for the app.`)
  }
  const { service, codeFile, name: publicName } = given.options
  const source = { name: 'Registration code', file: codeFile, fileOption: '--code-file' }
  const code = await askSecret(given.terminal, source)
  const request: AppRegistrationRequest = { service, code, publicName, now: () => unixMs(Date.now()) }
  const app = await registerVirtualApp(request)
  await writeNewPrivateFile(file, `${JSON.stringify(app)}\n`)
  return doneView({ serial: app.serial }, `The app ${app.serial} is registered and kept in ${file}.`)
}

async function tokencode(given: Given<object>): Promise<View> {
  const file = argument(given)
  const text = await readFile(file, 'utf8').catch(() => {
    throw new CommandError('bad-file', 'NO_SUCH_FILE', `${file}: cannot be read.`)
  })
  const app = readVirtualApp(text)
  const code = appTokencode(app, unixMs(Date.now()))
  return doneView({ serial: app.serial, tokencode: code }, code)
}
