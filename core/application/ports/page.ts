/** A page of a list that stays put while the list is written to: pages follow a key, not an offset. */
export interface PageRequest {
  /** 1-1000. */
  readonly limit: number
  /** `next` of the page before; absent = the first page. */
  readonly after?: string
}

export interface Page<T> {
  readonly items: readonly T[]
  /** Opaque; absent on the last page. */
  readonly next?: string
}

/** How many match, counted no further than a bound: `atLeast` says the count stopped there. */
export interface BoundedCount {
  readonly count: number
  readonly atLeast: boolean
}
