#!/usr/bin/env node
import { Command } from 'commander'
import { COMMANDS } from './commands/command-registry.ts'
import { explainFailure } from './explain-failure.ts'
import { PROGRAM_VERSION } from './program-version.ts'

const program = new Command('driftlock')
  .description('Authentication manager for one-time-password tokens and PINs.')
  .version(PROGRAM_VERSION)
  .showHelpAfterError('(see driftlock --help)')
  .enablePositionalOptions()

const wanted = process.argv.slice(2).find((argument) => !argument.startsWith('-'))
for (const { name, summary, load } of COMMANDS) {
  const command = program.command(name).description(summary)
  // Only the command that was asked for is loaded: the others would cost its start.
  if (name === wanted || (wanted === 'help' && process.argv.includes(name))) (await load()).define(command)
}

try {
  await program.parseAsync()
} catch (error) {
  process.stderr.write(`driftlock: ${explainFailure(error)}\n`)
  process.exitCode = 1
}
