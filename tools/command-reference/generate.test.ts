import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { COMMANDS } from '../../apps/driftlock/commands/command-registry.ts'
import { everyCommand } from '../../apps/driftlock/commands/completion.ts'
import { COMMAND_REFERENCE, commandReference, EXIT_CODE_REFERENCE, exitCodeReference } from './generate.ts'

describe('the reference of the command', () => {
  it('is what the program defines; run tools/command-reference/main.ts after a change', async () => {
    expect(readFileSync(COMMAND_REFERENCE, 'utf8')).toBe(commandReference(await everyCommand(COMMANDS)))
  })

  it('lists the exit codes the program has', () => {
    expect(readFileSync(EXIT_CODE_REFERENCE, 'utf8')).toBe(exitCodeReference())
  })

  it('describes every command in words', async () => {
    const program = await everyCommand(COMMANDS)
    const nameless = program.commands.flatMap((one) => [one, ...one.commands]).filter((one) => one.description() === '')
    expect(nameless.map((one) => one.name())).toEqual([])
  })
})
