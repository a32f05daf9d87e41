import type { Command } from 'commander'

/** What may follow each command: `token pin` → its commands and options with their descriptions. */
export type CompletionWords = ReadonlyMap<string, readonly CompletionWord[]>

export interface CompletionWord {
  readonly word: string
  readonly text: string
}

export function wordsOf(program: Command): CompletionWords {
  const words = new Map<string, readonly CompletionWord[]>()
  collect(program, '', { words, inherited: [] })
  return words
}

interface Collected {
  readonly words: Map<string, readonly CompletionWord[]>
  readonly inherited: readonly CompletionWord[]
}

function collect(command: Command, path: string, { words, inherited }: Collected): void {
  const options = [
    ...command.options
      .filter(({ hidden, long }) => !hidden && long !== undefined)
      .map((option) => ({ word: option.long ?? '', text: option.description })),
    ...inherited,
  ]
  const commands = command.commands.map((child) => ({ word: child.name(), text: child.description() }))
  const choices = command.registeredArguments.flatMap(({ argChoices = [] }) =>
    argChoices.map((word) => ({ word, text: '' })),
  )
  words.set(path, [...commands, ...choices, ...options, { word: '--help', text: 'display help' }])
  for (const child of command.commands) collect(child, `${path} ${child.name()}`.trim(), { words, inherited: options })
}
