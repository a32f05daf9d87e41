import { clearPin, findToken, forceNewPin, setPin } from '@driftlock/application'
import type { Command } from 'commander'
import { askSecret } from '../terminal/ask.ts'
import { doneView, type View } from '../terminal/view.ts'
import { administering, argument, type Given, type OpenShell } from './command-shell.ts'

interface SetOptions {
  readonly pinFile?: string
  readonly generate?: true
}

export function defineTokenPin(token: Command): void {
  const pin = token.command('pin').description('the PIN of a token: set, clear, or have the user choose a new one')
  pin
    .command('set')
    .description('set a temporary PIN; its user must choose another one at the next log-on')
    .argument('<serial>')
    .option('--pin-file <file>', 'read it from the first line of a file; - = standard input')
    .option('--generate', 'make one that meets the policy, and show it once')
    .addHelpText(
      'after',
      '\nExamples:\n  $ driftlock token pin set 000312345678\n  $ driftlock token pin set 000312345678 --generate',
    )
    .action(administering<SetOptions>(set))
  defineRest(pin)
}

function defineRest(pin: Command): void {
  pin
    .command('clear')
    .description('clear a forgotten PIN: the next log-on with the tokencode alone sets a new one')
    .argument('<serial>')
    .action(
      administering(async ({ ports, context }, given) => {
        const serial = argument(given)
        await clearPin(ports, context, { token: serial })
        return doneView(
          { serial, pin: 'cleared' },
          `The PIN of token ${serial} is cleared. Its user sets a new one at the next log-on.`,
        )
      }),
    )
  pin
    .command('force')
    .description('have the user choose a new PIN at the next log-on; the old one is needed for it')
    .argument('<serial>')
    .action(
      administering(async ({ ports, context }, given) => {
        const serial = argument(given)
        await forceNewPin(ports, context, { token: serial })
        return doneView(
          { serial, newPinRequired: true },
          `The user of token ${serial} must set a new PIN at the next log-on.`,
        )
      }),
    )
}

async function set({ ports, context }: OpenShell, given: Given<SetOptions>): Promise<View> {
  const { pinFile, generate } = given.options
  const { record } = await findToken(ports.administration.read, argument(given))
  const source = { name: `PIN for token ${record.serial}`, file: pinFile, fileOption: '--pin-file', confirm: true }
  const chosen = generate === true ? {} : { pin: await askSecret(given.terminal, source) }
  const { pin } = await setPin(ports, context, { token: record.id, ...chosen })
  const json = { serial: record.serial, temporary: true, ...(generate === true && { pin }) }
  const shown =
    generate === true ? `Temporary PIN of token ${record.serial}: ${pin}` : `The PIN of token ${record.serial} is set.`
  return doneView(json, shown, ['Its user must choose another one at the next log-on.'])
}
