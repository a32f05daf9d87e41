import { z } from 'zod'

const savedSearch = z.object({ name: z.string(), search: z.string() })

export type SavedSearch = z.infer<typeof savedSearch>

const keyOf = (list: string) => `driftlock-searches-${list}`

/** The searches of one list that were saved in this browser; none where what is stored cannot be read. */
export function readSearches(list: string): readonly SavedSearch[] {
  try {
    return z.array(savedSearch).parse(JSON.parse(localStorage.getItem(keyOf(list)) ?? '[]'))
  } catch {
    return []
  }
}

export function writeSearches(list: string, searches: readonly SavedSearch[]): void {
  localStorage.setItem(keyOf(list), JSON.stringify(searches))
}
