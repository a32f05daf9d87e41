import type { CompletionWords } from './completion-words.ts'

export function fishCompletion(words: CompletionWords): string {
  const lines = [...words].flatMap(([path, next]) =>
    next.map(({ word, text }) => {
      const what = word.startsWith('--') ? `-l ${word.slice(2)}` : `-a ${word}`
      return `complete -c driftlock -f -n "__driftlock_at ${path}" ${what} -d '${text.replaceAll("'", "\\'")}'`
    }),
  )
  return `# Completion of driftlock for fish.
function __driftlock_at
  set -l typed (commandline -opc)
  set -e typed[1]
  set -l names (string match -v -- '-*' $typed)
  test "$names[1..(count $argv)]" = "$argv"; and test (count $names) -ge (count $argv)
end
complete -c driftlock -F
${lines.join('\n')}
`
}
