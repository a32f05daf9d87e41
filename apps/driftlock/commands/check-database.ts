import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'

const MAX_FAULTS = 10

export interface DatabaseCheck {
  /** Empty = sound. */
  readonly faults: readonly string[]
  readonly tokens: number
  readonly users: number
}

/** Looks through a whole SQLite database that may be in use: its pages, its indexes, its references. Reads only. */
export function checkDatabase(path: string): DatabaseCheck {
  return check(new DatabaseSync(path, { readOnly: true }))
}

/** The same of a backup, which nobody writes to: leaves no file of SQLite's beside it. */
export function checkCopy(path: string): DatabaseCheck {
  const place = pathToFileURL(path)
  place.search = 'immutable=1'
  return check(new DatabaseSync(place, { readOnly: true }))
}

function check(database: DatabaseSync): DatabaseCheck {
  try {
    const integrity = database
      .prepare(`PRAGMA integrity_check(${MAX_FAULTS})`)
      .all()
      .map((row) => String(row['integrity_check']))
    const broken = database.prepare('PRAGMA foreign_key_check').all().slice(0, MAX_FAULTS)
    const faults = [
      ...integrity.filter((line) => line !== 'ok'),
      ...broken.map((row) => `a row of ${String(row['table'])} refers to a ${String(row['parent'])} that is not there`),
    ]
    const count = (table: 'tokens' | 'users') =>
      Number(database.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n'] ?? 0)
    return { faults, tokens: count('tokens'), users: count('users') }
  } catch (error) {
    return { faults: [error instanceof Error ? error.message : String(error)], tokens: 0, users: 0 }
  } finally {
    database.close()
  }
}
