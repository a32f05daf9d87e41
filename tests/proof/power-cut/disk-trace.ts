import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'

/** What a process did to a file, in the order the system saw it. */
export type DiskEvent =
  | { readonly type: 'write'; readonly path: string; readonly offset: number; readonly octets: Buffer }
  | { readonly type: 'truncate'; readonly path: string; readonly length: number }
  /** It began: only what was written before is sure to be on disk when it ends. `number` names it. */
  | { readonly type: 'sync-begins' | 'sync-ends'; readonly path: string; readonly number: number }
  | { readonly type: 'removed'; readonly path: string }

/** The system calls that change files; strace is to follow these. */
export const TRACED_CALLS = 'write,pwrite64,pwritev,writev,fsync,fdatasync,ftruncate,unlink'

const LINE = /^(?<thread>\d+) +(?:<\.\.\. (?<resumed>\w+) resumed>|(?<call>\w+)\()(?<rest>.*)$/s

interface Begun {
  readonly path: string
  readonly number: number
}

/**
 * Reads what `strace -f -y -xx` wrote.
 * @throws Error at a call that it does not know how to replay: leaving it out would prove nothing.
 */
export async function* readDiskTrace(file: string): AsyncGenerator<DiskEvent> {
  const trace = new TraceReading()
  for await (const line of createInterface({ input: createReadStream(file, 'latin1') })) yield* trace.read(line)
}

class TraceReading {
  #number = 0
  /** Where each file appended to with `write` ends. */
  readonly #ends = new Map<string, number>()
  /** Syncs that have not ended, by thread. */
  readonly #syncs = new Map<string, Begun>()

  read(line: string): readonly DiskEvent[] {
    const { thread = '', resumed, call, rest = '' } = LINE.exec(line)?.groups ?? {}
    if (call !== undefined) return this.#called(thread, { call, path: pathOf(call, rest), rest })
    const begun = this.#syncs.get(thread)
    this.#syncs.delete(thread)
    return begun !== undefined && resumed?.includes('sync') ? [{ type: 'sync-ends', ...begun }] : []
  }

  #called(thread: string, called: Call): readonly DiskEvent[] {
    const { call, path, rest } = called
    if (call === 'fsync' || call === 'fdatasync') return this.#syncing(thread, called)
    if (call === 'unlink') return [{ type: 'removed', path }]
    if (call === 'ftruncate') return [{ type: 'truncate', path, length: Number(/, (\d+)/.exec(rest)?.[1]) }]
    return [written(called, this.#ends)]
  }

  #syncing(thread: string, { path, rest }: Call): readonly DiskEvent[] {
    const begun = { path, number: ++this.#number }
    if (!rest.includes('<unfinished'))
      return [
        { type: 'sync-begins', ...begun },
        { type: 'sync-ends', ...begun },
      ]
    this.#syncs.set(thread, begun)
    return [{ type: 'sync-begins', ...begun }]
  }
}

interface Call {
  readonly call: string
  readonly path: string
  /** Its arguments and its answer. */
  readonly rest: string
}

/** The file that strace names beside the descriptor (`-y`), or the path given to `unlink`. */
function pathOf(call: string, rest: string): string {
  const path = call === 'unlink' ? unescaped(/^"(?<path>[^"]*)"/.exec(rest)?.groups?.['path'] ?? '').toString() : ''
  const named = path || unescaped(/^\d+<(?<path>[^>]*)>/.exec(rest)?.groups?.['path'] ?? '').toString()
  if (named === '') throw new Error(`No file is named: ${call}(${rest.slice(0, 80)}`)
  return named
}

function written({ call, path, rest }: Call, ends: Map<string, number>): DiskEvent {
  if (call !== 'write' && call !== 'pwrite64') throw new Error(`${call} is not known how to replay.`)
  const { hex = '', place } = /, "(?<hex>[^"]*)", \d+(?:, (?<place>\d+))?/.exec(rest)?.groups ?? {}
  const octets = unescaped(hex)
  const offset = place === undefined ? (ends.get(path) ?? 0) : Number(place)
  if (place === undefined) ends.set(path, offset + octets.length)
  return { type: 'write', path, offset, octets }
}

/** `\x41\x42`, as `-xx` writes it; a text without such is taken as it is. */
function unescaped(text: string): Buffer {
  return text.startsWith('\\x') ? Buffer.from(text.replaceAll('\\x', ''), 'hex') : Buffer.from(text)
}
