/**
 * The one JSON text of a value: object keys sorted (whole numbers first), no spaces, absent fields left out. Bigints become
 * decimal text; octets become their count, since what is kept as octets may be secret.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(ordered(value)) ?? 'null'
}

function ordered(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString()
  if (typeof value !== 'object' || value === null) return value
  if (ArrayBuffer.isView(value)) return `(${value.byteLength} octets)`
  if (Array.isArray(value)) return value.map(ordered)
  const fields = value as Readonly<Record<string, unknown>> // an object, and neither octets nor a list
  const sorted: Record<string, unknown> = {}
  for (const key of Object.keys(fields).toSorted()) {
    const field = ordered(fields[key])
    if (key === '__proto__') Object.defineProperty(sorted, key, { value: field, enumerable: true })
    else sorted[key] = field
  }
  return sorted
}
