import type { DiskEvent } from './disk-trace.ts'

/** What disks write whole or not at all. */
const SECTOR_BYTES = 512

/** What becomes of the writes that no sync has confirmed when the power goes. */
export type Fate = 'all lost' | 'some sectors kept' | 'all kept'

/** The files of a machine without a battery: what was written is only sure to be there once a sync has ended. */
export class CutDisk {
  readonly #durable = new Map<string, Buffer>()
  readonly #pending = new Map<string, DiskEvent[]>()
  /** How many of a file's pending writes a running sync covers. */
  readonly #covered = new Map<number, number>()
  readonly #ignoresSyncs: boolean

  /** @param ignoresSyncs A disk that says it has written what it has not. */
  constructor({ ignoresSyncs }: { readonly ignoresSyncs: boolean }) {
    this.#ignoresSyncs = ignoresSyncs
  }

  /** What was there, and sure, before the first event. */
  begin(path: string, content: Buffer): void {
    this.#durable.set(path, content)
  }

  take(event: DiskEvent): void {
    const pending = this.#pendingOf(event.path)
    if (event.type === 'removed') {
      this.#durable.delete(event.path)
      this.#pending.delete(event.path)
    } else if (event.type === 'sync-begins') {
      this.#covered.set(event.number, pending.length)
    } else if (event.type === 'sync-ends') {
      if (this.#ignoresSyncs) return
      const covered = this.#covered.get(event.number) ?? 0
      this.#durable.set(event.path, played(this.#durableOf(event.path), pending.splice(0, covered)))
      // Another sync of the file, which began in between, covers fewer of what is left.
      for (const [number, count] of this.#covered) this.#covered.set(number, Math.max(0, count - covered))
      this.#covered.delete(event.number)
    } else {
      pending.push(event)
    }
  }

  /** @param random 0 to 1, of each call. @returns what the file holds when the machine is on again. */
  afterCut(path: string, fate: Fate, random: () => number): Buffer {
    const pending = this.#pendingOf(path)
    if (fate === 'all lost') return this.#durableOf(path)
    const kept = fate === 'all kept' ? pending : pending.flatMap((event) => torn(event, random))
    return played(this.#durableOf(path), kept)
  }

  #durableOf(path: string): Buffer {
    return this.#durable.get(path) ?? Buffer.alloc(0)
  }

  #pendingOf(path: string): DiskEvent[] {
    const known = this.#pending.get(path) ?? []
    this.#pending.set(path, known)
    return known
  }
}

function played(content: Buffer, events: readonly DiskEvent[]): Buffer {
  let file = content
  for (const event of events) {
    if (event.type === 'truncate') file = resized(file, event.length)
    if (event.type !== 'write') continue
    file =
      event.offset + event.octets.length > file.length
        ? resized(file, event.offset + event.octets.length)
        : Buffer.from(file)
    event.octets.copy(file, event.offset)
  }
  return file
}

function resized(file: Buffer, length: number): Buffer {
  const next = Buffer.alloc(length)
  file.copy(next, 0, 0, Math.min(length, file.length))
  return next
}

/** A write in pieces of a sector, some of which the disk had not come to. */
function torn(event: DiskEvent, random: () => number): readonly DiskEvent[] {
  if (event.type !== 'write') return random() < 0.5 ? [event] : []
  const pieces: DiskEvent[] = []
  for (let from = 0; from < event.octets.length; ) {
    const sectorEnd = SECTOR_BYTES - ((event.offset + from) % SECTOR_BYTES)
    const octets = event.octets.subarray(from, from + sectorEnd)
    if (random() < 0.5) pieces.push({ ...event, offset: event.offset + from, octets })
    from += octets.length
  }
  return pieces
}
