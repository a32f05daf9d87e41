import { z } from 'zod'
import { wholeNumber, text } from '../values.ts'

/** Pages follow a key, not an offset: they stay put while the list is written to. */
export const pageQuery = z.object({
  limit: wholeNumber(1, 1000).default(50),
  after: text(2048).optional().describe('`next` of the page before; absent = the first page'),
})

/** How many match, counted no further than a bound: `atLeast` says that the count stopped there. */
export const boundedCount = z.object({ count: z.int(), atLeast: z.boolean() }).meta({ id: 'BoundedCount' })

/** @returns the schema of a page of such items; `next` is absent on the last one. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    next: z
      .string()
      .optional()
      .describe(
        '`after` of the next page. A search that takes long gives a short page, even an empty one, and goes on from here',
      ),
  })
}

/** A page that also says how many match in all, up to a bound, when `count=true` was asked. */
export function countedPageOf<T extends z.ZodType>(item: T) {
  return pageOf(item).extend({ total: boundedCount.optional() })
}

export type BoundedCount = z.infer<typeof boundedCount>
export interface PageOf<T> {
  readonly items: readonly T[]
  readonly next?: string | undefined
}
