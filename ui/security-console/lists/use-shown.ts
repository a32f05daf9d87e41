import { type To, useSearchParams } from 'react-router'

export interface Shown {
  /** The row that is shown in full; absent while none is. */
  readonly id: string | undefined
  /** Address that shows a row. */
  toShow(id: string): To
  show(id: string): void
  close(): void
}

/** Which row of a list is shown in full, kept in the address: it can be linked to, and the back button closes it. */
export function useShown(): Shown {
  const [search, setSearch] = useSearchParams()
  const showing = (id: string | undefined) => {
    const next = new URLSearchParams(search)
    if (id === undefined) next.delete('show')
    else next.set('show', id)
    return next
  }
  return {
    id: search.get('show') ?? undefined,
    toShow: (id) => ({ search: showing(id).toString() }),
    show: (id) => setSearch(showing(id)),
    close: () => setSearch(showing(undefined), { replace: true }),
  }
}
