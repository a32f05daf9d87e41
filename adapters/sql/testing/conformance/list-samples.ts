import type { Page, PageRequest } from '@driftlock/application'
import { unixMs } from '@driftlock/domain'
import type { Store } from '../../open-store.ts'
import { sampleToken } from '../sample-data.ts'

export const DAY_MS = 86_400_000

export async function everyPage<T>(read: (page: PageRequest) => Promise<Page<T>>, limit: number): Promise<T[]> {
  const items: T[] = []
  let after: string | undefined
  do {
    const page = await read({ limit, ...(after !== undefined && { after }) })
    items.push(...page.items)
    after = page.next
  } while (after !== undefined)
  return items
}

export async function addTokens(store: Store, prefix: string, count: number): Promise<void> {
  await store.administration.transaction(async (tx) => {
    for (let index = 0; index < count; index++) {
      const expiresAt = index % 3 === 0 ? null : unixMs((100 + ((index * 7) % 50)) * DAY_MS)
      await tx.tokens.insert(
        sampleToken(`${prefix}${String(index).padStart(4, '0')}`, { expiresAt, enabled: index % 2 === 0 }),
      )
    }
  })
}
