interface PathParts {
  readonly params?: unknown
  readonly query?: unknown
}

/** Fills the `{name}`s of an endpoint's path and adds the query; lists are joined by commas, absent values left out. */
export function pathOf(template: string, { params, query }: PathParts): string {
  const path = template.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(plain(entriesOf(params)[name])),
  )
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(entriesOf(query))) {
    const text = plain(value)
    if (text !== '') search.set(name, text)
  }
  return search.size === 0 ? path : `${path}?${search.toString()}`
}

/** The segments of a path, so that a parent's key is the beginning of its children's. */
export function queryKeyOf(path: string): readonly string[] {
  const [location = '', search] = path.split('?')
  const segments = location.split('/').filter((segment) => segment !== '')
  return search === undefined ? segments : [...segments, `?${search}`]
}

function entriesOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

function plain(value: unknown): string {
  if (Array.isArray(value)) return value.map(plain).join(',')
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : ''
}
