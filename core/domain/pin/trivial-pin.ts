const DIGIT_COUNT = 10

/**
 * Whether a PIN is a run (1234, 9876, 8901, abcd) or one group said again and again (1111, 1212, 123123). Letters are
 * compared without case.
 */
export function isTrivialPin(pin: string): boolean {
  const characters = pin.toLowerCase()
  return characters.length > 1 && (isRepeat(characters) || isRun(characters, 1) || isRun(characters, -1))
}

/** A text is a repetition of a shorter one exactly when it occurs in itself, doubled, before its own length. */
function isRepeat(characters: string): boolean {
  return (characters + characters).indexOf(characters, 1) < characters.length
}

function isRun(characters: string, direction: 1 | -1): boolean {
  return [...characters].every(
    (character, index) => index === 0 || follows(characters.charAt(index - 1), character, direction),
  )
}

/** Digits go round (9, 0, 1), as on a keypad; letters do not. */
function follows(before: string, after: string, direction: 1 | -1): boolean {
  if (isDigit(before) && isDigit(after)) {
    return (Number(before) + direction + DIGIT_COUNT) % DIGIT_COUNT === Number(after)
  }
  if (isDigit(before) || isDigit(after)) return false
  return before.charCodeAt(0) + direction === after.charCodeAt(0)
}

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9'
}
