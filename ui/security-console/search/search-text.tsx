import { SearchInput } from '@patternfly/react-core'
import { useEffect, useEffectEvent, useState } from 'react'

interface SearchTextProps {
  /** Names the field and says what it looks in. */
  label: string
  value: string
  onSearch: (text: string) => void
}

const pauseMs = 300

/** Searches while one types, after a short pause. */
export function SearchText({ label, value, onSearch }: SearchTextProps) {
  const [text, setText] = useState(value)
  const [last, setLast] = useState(value)
  if (last !== value) {
    setLast(value)
    setText(value)
  }
  const search = useEffectEvent(() => onSearch(text))
  useEffect(() => {
    if (text === value) return undefined
    const timer = setTimeout(search, pauseMs)
    return () => clearTimeout(timer)
  }, [text, value])
  return (
    <SearchInput
      aria-label={label}
      placeholder={label}
      value={text}
      onChange={(_event, next) => setText(next)}
      onSearch={() => onSearch(text)}
      onClear={() => {
        setText('')
        onSearch('')
      }}
    />
  )
}
