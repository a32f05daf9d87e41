import { Argument, Command } from 'commander'
import { answering, withJson } from './command-shell.ts'
import { COMMANDS } from './command-registry.ts'
import { bashCompletion } from '../completion/bash-completion.ts'
import { type CompletionWords, wordsOf } from '../completion/completion-words.ts'
import { fishCompletion } from '../completion/fish-completion.ts'
import { zshCompletion } from '../completion/zsh-completion.ts'

const SHELLS: Readonly<Record<string, (words: CompletionWords) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
}

/** `driftlock completion`: a script for the shell, made from the commands themselves. */
export function define(command: Command): void {
  withJson(command)
    .addArgument(new Argument('<shell>').choices(Object.keys(SHELLS)))
    .addHelpText(
      'after',
      '\nExamples:\n  $ driftlock completion bash > /etc/bash_completion.d/driftlock\n  $ driftlock completion zsh > "${fpath[1]}/_driftlock"\n  $ driftlock completion fish > ~/.config/fish/completions/driftlock.fish',
    )
    .action(
      answering(async ({ args }) => {
        const script = SHELLS[args[0] ?? 'bash']?.(wordsOf(await everyCommand())) ?? ''
        return { json: { shell: args[0], script }, text: () => script.trimEnd() }
      }),
    )
}

/** The whole tree of commands, with options; loads every one of them. */
export async function everyCommand(): Promise<Command> {
  const program = new Command('driftlock')
  for (const { name, summary, load } of COMMANDS) (await load()).define(program.command(name).description(summary))
  return program
}
