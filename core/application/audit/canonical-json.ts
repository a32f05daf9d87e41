/**
 * The one JSON text of a value: object keys sorted (whole numbers first), no spaces, absent fields left out. Bigints become decimal
 * text; octets become their count, since what is kept as octets may be secret.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(ordered(value)) ?? 'null'
}

function ordered(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString()
  if (typeof value !== 'object' || value === null) return value
  if (ArrayBuffer.isView(value)) return `(${value.byteLength} octets)`
  if (Array.isArray(value)) return value.map(ordered)
  // A list of pairs, not assignment: a key named __proto__ stays an ordinary key.
  const pairs = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return Object.fromEntries(pairs.map(([key, field]) => [key, ordered(field)]))
}
