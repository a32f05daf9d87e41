/** A length in its largest two units: "1 h 5 min", "14 s". */
export function lengthInWords(ms: number, language: string): string {
  const seconds = Math.round(Math.abs(ms) / 1000)
  const units = [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
    ['second', 1],
  ] as const
  const first = units.findIndex(([, length]) => seconds >= length)
  if (first === -1) return unit(0, 'second', language)
  const shown: string[] = []
  let rest = seconds
  for (const [name, length] of units.slice(first, first + 2)) {
    const count = Math.floor(rest / length)
    rest -= count * length
    if (count > 0) shown.push(unit(count, name, language))
  }
  return shown.join(' ')
}

function unit(count: number, name: string, language: string): string {
  return new Intl.NumberFormat(language, { style: 'unit', unit: name, unitDisplay: 'short' }).format(count)
}
