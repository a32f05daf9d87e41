import { Argument, Command } from 'commander'
import { answering, withJson } from './command-shell.ts'
import type { CommandEntry } from './command-entry.ts'
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
export function completionOf(commands: readonly CommandEntry[]): { readonly define: (command: Command) => void } {
  return {
    define(command) {
      withJson(command)
        .addArgument(new Argument('<shell>').choices(Object.keys(SHELLS)))
        .addHelpText('after', EXAMPLES)
        .action(
          answering(async ({ args }) => {
            const script = SHELLS[args[0] ?? 'bash']?.(wordsOf(await everyCommand(commands))) ?? ''
            return { json: { shell: args[0], script }, text: () => script.trimEnd() }
          }),
        )
    },
  }
}

const EXAMPLES = `
Examples:
  $ driftlock completion bash > /etc/bash_completion.d/driftlock
  $ driftlock completion zsh > "\${fpath[1]}/_driftlock"
  $ driftlock completion fish > ~/.config/fish/completions/driftlock.fish`

/** The whole tree of commands, with options; loads every one of them. */
export async function everyCommand(commands: readonly CommandEntry[]): Promise<Command> {
  const program = new Command('driftlock')
  for (const { name, summary, load } of commands) (await load()).define(program.command(name).description(summary))
  return program
}
