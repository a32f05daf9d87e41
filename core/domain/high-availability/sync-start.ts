/** Begins the feed. */
export const START_MARKER = '0'

/** The change time of a marker; 0 for the start. */
export function markerTimeMs(marker: string): number {
  return Number(marker.split('.', 1)[0])
}

/** Where a run goes on from, and whether it fetches everything. */
export type SyncStart =
  | { readonly type: 'incremental'; readonly after: string }
  /** A full run begins: its end removes what it did not meet. */
  | { readonly type: 'full' }
  /** A full run that was interrupted goes on. */
  | { readonly type: 'resumed-full'; readonly after: string }

export interface SyncStanding {
  /** The setting `…ha.seed_sync.marker_time`. */
  readonly settingMs: number
  /** Up to where records are here. */
  readonly marker: string
  /** A full run was begun and not ended. */
  readonly fullUnderWay: boolean
}

/**
 * The setting rules (seed 001): 0 fetches everything again. While it is what the last page left there, the run goes on after
 * that very record; an earlier or later time set by hand is taken up as it is, from the first record of that millisecond (but
 * see `beginsBehindCloud`).
 */
export function syncStart({ settingMs, marker, fullUnderWay }: SyncStanding): SyncStart {
  if (settingMs === 0)
    return fullUnderWay && marker === START_MARKER ? { type: 'resumed-full', after: marker } : { type: 'full' }
  if (settingMs === markerTimeMs(marker))
    return fullUnderWay ? { type: 'resumed-full', after: marker } : { type: 'incremental', after: marker }
  // The identifier that sorts before all others: nothing of this millisecond is passed over.
  return { type: 'incremental', after: `${settingMs}.-` }
}

/**
 * Whether a run would begin behind everything the cloud has: the cloud was put back from a copy, or the marker set to a time
 * to come. An incremental run would pass over what is missing here without a word; only a full one finds it.
 */
export function beginsBehindCloud(start: SyncStart, latestMarker: string): boolean {
  return start.type !== 'full' && markerTimeMs(latestMarker) < markerTimeMs(start.after)
}
