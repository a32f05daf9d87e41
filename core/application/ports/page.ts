/** A page of a list that stays put while the list is written to: pages follow a key, not an offset. */
export interface PageRequest {
  /** 1-1000. */
  readonly limit: number
  /** `next` of the page before; absent = the first page. */
  readonly after?: string
}

/** A page of a search. */
export interface SearchRequest extends PageRequest {
  /**
   * How long is looked, in milliseconds, where no index leads to what is sought: then the page is short, even empty, and its
   * `next` goes on from there. At least some rows are looked at. Absent = as long as it takes.
   */
  readonly lookForMs?: number
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
