import { closeSync, fdatasyncSync, fstatSync, openSync, statfsSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'

const STEP_BYTES = 1024 * 1024
/**
 * Written this much at a time: Linux keeps a file in its cache in pieces as large as the writes that made them, and ext4 walks
 * through the whole piece for every frame written into it. Pieces of 4 MiB made a commit's writes five times as slow.
 */
const WRITE_BYTES = 64 * 1024
const ZEROS = new Uint8Array(WRITE_BYTES)
/** A disk with less than this left is not asked for room in advance. */
const SCARCE_BYTES = 2 * 1024 ** 3

/**
 * Lengthens the write-ahead log with zeros before it is needed. A commit that writes over blocks that are there syncs its data
 * alone; one that adds blocks has the file system keep its own books as well, which takes two to three times as long. SQLite
 * ends its log at the first frame without a valid checksum, so zeros behind it are nothing to it.
 */
export class LogRoom {
  readonly #database: DatabaseSync
  readonly #path: string
  readonly #scarceBytes: number

  /** @param database a connection of the caller's own, to hold the write lock by. */
  constructor(database: DatabaseSync, path: string, scarceBytes = SCARCE_BYTES) {
    this.#database = database
    this.#path = path
    this.#scarceBytes = scarceBytes
  }

  /** Makes the log that long, a step at a time, so that no commit waits for more than one. Throws while another writes. */
  makeUpTo(bytes: number): void {
    const file = openSync(`${this.#path}-wal`, 'r+')
    try {
      while (fstatSync(file).size < bytes && !this.#isScarce()) {
        this.#lengthen(file, bytes)
        fdatasyncSync(file)
      }
    } finally {
      closeSync(file)
    }
  }

  #isScarce(): boolean {
    const { bavail, bsize } = statfsSync(dirname(this.#path))
    return bavail * bsize < this.#scarceBytes
  }

  /** Under the write lock: nobody else then writes to the end of the log. */
  #lengthen(file: number, upToBytes: number): void {
    this.#database.exec('BEGIN IMMEDIATE')
    try {
      const { size } = fstatSync(file)
      const end = Math.min(size + STEP_BYTES, upToBytes)
      for (let from = size; from < end; from += WRITE_BYTES) {
        writeSync(file, ZEROS, 0, Math.min(WRITE_BYTES, end - from), from)
      }
    } finally {
      this.#database.exec('ROLLBACK')
    }
  }
}
