import { useSearchParams } from 'react-router'

export interface PageCursor {
  /** For the `after` of the list's query; absent on the first page. */
  readonly after: string | undefined
  goTo(after: string | undefined): void
}

/** The page of a list that is open, kept in the address: it can be linked to and the back button works. */
export function usePageCursor(name = 'after'): PageCursor {
  const [search, setSearch] = useSearchParams()
  return {
    after: search.get(name) ?? undefined,
    goTo: (after) => {
      setSearch((current) => {
        const next = new URLSearchParams(current)
        if (after === undefined) next.delete(name)
        else next.set(name, after)
        return next
      })
    },
  }
}
