import type { FastifyInstance } from 'fastify'

declare module 'fastify' {
  interface FastifyInstance {
    /** Methods that something is done for at this address; none = there is nothing there at all. */
    methodsAt(url: string): readonly string[]
  }
}

interface KnownPath {
  readonly pattern: RegExp
  readonly methods: ReadonlySet<string>
}

/**
 * Has the server remember which addresses it has routes for, in whatever module, so that a wrong method is told apart from a
 * wrong address. To be called before the first route.
 */
export function keepKnownPaths(app: FastifyInstance): void {
  const known = new Map<string, { readonly pattern: RegExp; readonly methods: Set<string> }>()
  app.addHook('onRoute', ({ url, method }) => {
    const entry = known.get(url) ?? { pattern: patternOf(url), methods: new Set<string>() }
    for (const one of [method].flat()) entry.methods.add(one)
    known.set(url, entry)
  })
  app.decorate('methodsAt', (url: string) => methodsOf(known.values(), url))
}

function methodsOf(known: Iterable<KnownPath>, url: string): readonly string[] {
  const path = url.split('?')[0] ?? ''
  const methods = new Set<string>()
  for (const entry of known) {
    if (entry.pattern.test(path)) for (const method of entry.methods) methods.add(method)
  }
  return [...methods].toSorted()
}

/** Fastify's patterns as far as routes here use them: `:name` is one part of the path, empty or not, `*` whatever follows. */
function patternOf(url: string): RegExp {
  const parts = url.split(/(:\w+|\*)/).map((part) => {
    if (part === '*') return '.*'
    return /^:\w+$/.test(part) ? '[^/]*' : RegExp.escape(part)
  })
  return new RegExp(`^${parts.join('')}$`)
}
