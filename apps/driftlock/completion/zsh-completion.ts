import type { CompletionWords } from './completion-words.ts'

export function zshCompletion(words: CompletionWords): string {
  const cases = [...words].map(([path, next]) => {
    const described = next.map(({ word, text }) => `'${quoted(`${word.replaceAll(':', '\\:')}:${text}`)}'`).join(' ')
    return `    '${path}') words=(${described}) ;;`
  })
  return `#compdef driftlock
# Completion of driftlock for zsh.
_driftlock() {
  local typed='' next word; local -a words_before=("\${(@)words[2,CURRENT-1]}"); local -a words
  for word in $words_before; do
    [[ $word == -* ]] && continue
    next="\${typed:+$typed }$word"
    _driftlock_words "$next" || break
    typed="$next"
  done
  _driftlock_words "$typed"
  _describe 'driftlock' words || _files
}
_driftlock_words() {
  case "$1" in
${cases.join('\n')}
    *) return 1 ;;
  esac
}
compdef _driftlock driftlock
`
}

function quoted(text: string): string {
  return text.replaceAll("'", "'\\''")
}
