import type { CompletionWords } from './completion-words.ts'

export function bashCompletion(words: CompletionWords): string {
  const cases = [...words].map(([path, next]) => `    '${path}') words='${next.map(({ word }) => word).join(' ')}' ;;`)
  return `# Completion of driftlock for bash.
_driftlock() {
  local current="\${COMP_WORDS[COMP_CWORD]}" path='' next word words
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in -*) continue ;; esac
    next="\${path:+$path }$word"
    _driftlock_words "$next" || break
    path="$next"
  done
  _driftlock_words "$path"
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  [ \${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "$current"))
}
_driftlock_words() {
  case "$1" in
${cases.join('\n')}
    *) return 1 ;;
  esac
}
complete -o filenames -F _driftlock driftlock
`
}
