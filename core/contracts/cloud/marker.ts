import { z } from 'zod'

/** Identifier of a record: ASCII, so that every engine and language puts them in the same order. */
export const recordId = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'is not a record identifier')

/** A place in the feed: everything up to and including this (change time, record) was handed out. */
export interface Marker {
  readonly changeTimeMs: number
  readonly recordId: string
}

const MARKER = /^(0|[1-9][0-9]{0,15})\.([A-Za-z0-9_-]{1,64})$/

/** `0` = from the start, else `changeTimeMs.recordId`. Opaque to a manager but for its order. */
export const markerText = z
  .string()
  .max(81)
  .refine((text) => text === START_MARKER || parseMarker(text) !== undefined, 'is no marker: 0, or TIME.RECORD')

export const START_MARKER = '0'

/** @returns undefined for `0` (the start) and for whatever is no marker. */
export function parseMarker(text: string): Marker | undefined {
  const [, time, record] = MARKER.exec(text) ?? []
  const changeTimeMs = Number(time)
  return record === undefined || !Number.isSafeInteger(changeTimeMs) ? undefined : { changeTimeMs, recordId: record }
}

export function formatMarker({ changeTimeMs, recordId: record }: Marker): string {
  return `${changeTimeMs}.${record}`
}

/** Below 0 when `a` comes first: by change time, then by identifier in the order of its octets. */
export function compareMarkers(a: Marker, b: Marker): number {
  if (a.changeTimeMs !== b.changeTimeMs) return a.changeTimeMs - b.changeTimeMs
  return a.recordId < b.recordId ? -1 : a.recordId > b.recordId ? 1 : 0
}
