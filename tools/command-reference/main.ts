import { mkdirSync, writeFileSync } from 'node:fs'
import { COMMANDS } from '../../apps/driftlock/commands/command-registry.ts'
import { everyCommand } from '../../apps/driftlock/commands/completion.ts'
import { COMMAND_REFERENCE, commandReference, EXIT_CODE_REFERENCE, exitCodeReference } from './generate.ts'

process.env['DRIFTLOCK_DATA'] = '~/.local/share/driftlock'
mkdirSync(new URL('.', COMMAND_REFERENCE), { recursive: true })
writeFileSync(COMMAND_REFERENCE, commandReference(await everyCommand(COMMANDS)))
writeFileSync(EXIT_CODE_REFERENCE, exitCodeReference())
