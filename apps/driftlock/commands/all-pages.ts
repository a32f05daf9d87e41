import type { Page, PageRequest } from '@driftlock/application'

const PAGE = 500

/** The first rows of a list that comes in pages, and whether there are more. */
export async function firstRows<T>(
  read: (page: PageRequest) => Promise<Page<T>>,
  limit: number,
): Promise<{ readonly items: readonly T[]; readonly more: boolean }> {
  const items: T[] = []
  for (let after: string | undefined; ; ) {
    const wanted = Math.min(PAGE, limit - items.length)
    const page = await read({ limit: wanted, ...(after !== undefined && { after }) })
    items.push(...page.items)
    if (page.next === undefined) return { items, more: false }
    if (items.length >= limit) return { items, more: true }
    after = page.next
  }
}

/** What to say under a list that was cut. */
export function cutNotes(more: boolean, limit: number): readonly string[] {
  return more ? [`Only the first ${limit} are shown; --limit shows more.`] : []
}
