import { copyFileSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { LogRoom } from './log-room.ts'
import { openWriter } from './sqlite-connection.ts'

const ROOM_BYTES = 9_000_000

let folder: string
let path: string
let writer: DatabaseSync
let beside: DatabaseSync
let room: LogRoom

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'driftlock-room-'))
  path = join(folder, 'store.db')
  writer = openWriter(path)
  writer.exec('PRAGMA journal_mode = WAL; CREATE TABLE notes (text TEXT) STRICT')
  beside = new DatabaseSync(path, { timeout: 0 })
  room = new LogRoom(beside, path)
})
afterEach(() => {
  beside.close()
  writer.close()
  rmSync(folder, { recursive: true })
})

const logBytes = () => statSync(`${path}-wal`).size

function write(from: number, to: number): void {
  const insert = writer.prepare('INSERT INTO notes (text) VALUES (?)')
  for (let note = from; note < to; note++) insert.run(`note ${note}`)
}

/** What stands in a copy of database and log, as after a crash: the index of the log is not copied, it has to be read again. */
function notesAfterCrash(): unknown {
  const copy = join(folder, 'copy.db')
  for (const end of ['', '-wal']) copyFileSync(path + end, copy + end)
  const database = new DatabaseSync(copy)
  const found = database.prepare('SELECT COUNT(*) AS notes, MAX(text) AS last FROM notes').get()
  const { integrity_check: integrity } = database.prepare('PRAGMA integrity_check').get() ?? {}
  database.close()
  return { ...found, integrity }
}

it('lengthens the log, which the commits that follow write over', () => {
  write(10, 20)
  room.makeUpTo(ROOM_BYTES)
  expect(logBytes()).toBe(ROOM_BYTES)
  write(20, 90)
  expect(logBytes()).toBe(ROOM_BYTES)
})

it('loses nothing of the log when it is read again after a crash, however much room is behind', () => {
  expect(notesAfterCrash()).toEqual({ notes: 0, last: null, integrity: 'ok' })
  room.makeUpTo(ROOM_BYTES)
  write(10, 50)
  expect(notesAfterCrash()).toEqual({ notes: 40, last: 'note 49', integrity: 'ok' })
  room.makeUpTo(ROOM_BYTES * 2)
  write(50, 90)
  expect(notesAfterCrash()).toEqual({ notes: 80, last: 'note 89', integrity: 'ok' })
})

it('never writes while another is writing', () => {
  write(10, 20)
  const before = logBytes()
  writer.exec('BEGIN IMMEDIATE')
  expect(() => room.makeUpTo(ROOM_BYTES)).toThrow('database is locked')
  writer.exec('COMMIT')
  expect(logBytes()).toBe(before)
})

it('shortens nothing', () => {
  write(10, 20)
  const before = logBytes()
  room.makeUpTo(before - 1)
  expect(logBytes()).toBe(before)
})

it('asks no disk for room that has little left', () => {
  write(10, 20)
  const before = logBytes()
  new LogRoom(beside, path, Number.MAX_SAFE_INTEGER).makeUpTo(ROOM_BYTES)
  expect(logBytes()).toBe(before)
})
