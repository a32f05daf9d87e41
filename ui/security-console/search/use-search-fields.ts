import { useSearchParams } from 'react-router'

export interface SearchFields<Name extends string> {
  /** Only the fields that are set: ready to be a query. */
  readonly values: Readonly<Partial<Record<Name, string>>>
  /** Sets fields; an empty text takes one away. The list starts again at its first page. */
  set(fields: Readonly<Partial<Record<Name, string>>>): void
  clear(): void
}

/** What a list is searched by, kept in the address: it can be linked to, saved, and the back button works. */
export function useSearchFields<Name extends string>(names: readonly Name[]): SearchFields<Name> {
  const [search, setSearch] = useSearchParams()
  const given = names.flatMap((name) => {
    const value = search.get(name)
    return value === null ? [] : [[name, value] as const]
  })
  return {
    // The keys are those of `names`.
    values: Object.fromEntries(given) as Partial<Record<Name, string>>,
    set: (fields) => {
      setSearch(
        (current) => {
          const next = new URLSearchParams(current)
          next.delete('after')
          for (const [name, value] of Object.entries<string | undefined>(fields)) {
            if (value === undefined || value === '') next.delete(name)
            else next.set(name, value)
          }
          return next
        },
        { replace: true },
      )
    },
    clear: () => setSearch({}),
  }
}
