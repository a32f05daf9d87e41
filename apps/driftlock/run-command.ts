import { Command, type CommanderError } from 'commander'
import { COMMANDS } from './commands/command-registry.ts'
import { PROGRAM_VERSION } from './program-version.ts'
import { EXIT_CODES } from './terminal/exit-code.ts'
import { reportFailure } from './terminal/report-failure.ts'

// Whoever reads the output may have seen enough (`| head -1`): that ends the command, and is no failure of it.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(EXIT_CODES.ok.number)
})

const program = new Command('driftlock')
  .description('Authentication manager for one-time-password tokens and PINs.')
  .version(PROGRAM_VERSION)
  .enablePositionalOptions()
  .exitOverride(endOfParsing)

const wanted = process.argv.slice(2).find((argument) => !argument.startsWith('-'))
for (const { name, summary, load } of COMMANDS) {
  const command = program.command(name).description(summary)
  // Only the command that was asked for is loaded: the others would cost its start.
  if (name === wanted || (wanted === 'help' && process.argv.includes(name))) (await load()).define(command)
}

nameOwnHelp(program)
try {
  await program.parseAsync()
} catch (error) {
  process.exitCode = reportFailure(error, process, process.argv.includes('--json'))
}

/** A mistake in `token assign` points to the help of `token assign`. */
function nameOwnHelp(command: Command, above = ''): void {
  const name = `${above}${command.name()}`
  command.showHelpAfterError(`(see ${name} --help)`)
  for (const child of command.commands) nameOwnHelp(child, `${name} `)
}

/** Commander has said what is wrong already, or shown what was asked for. */
function endOfParsing({ exitCode }: CommanderError): never {
  process.exit(exitCode === 0 ? EXIT_CODES.ok.number : EXIT_CODES.usage.number)
}
