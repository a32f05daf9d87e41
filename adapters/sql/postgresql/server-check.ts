import { StoreError } from '@driftlock/application'
import type { Pool } from 'pg'

const OLDEST_VERSION = 150_000

/** Settings under which an acknowledged write may be lost in a crash, and what each must not be. */
const DURABILITY = [
  { name: 'fsync', unsafe: 'off' },
  { name: 'full_page_writes', unsafe: 'off' },
  { name: 'synchronous_commit', unsafe: 'off' },
] as const

/**
 * @returns what is unsafe about the server, in words, if `allowUnsafe`.
 * @throws StoreError `STORE_UNSAFE` if not allowed, `STORE_UNAVAILABLE` for a server that is too old or not UTF-8.
 */
export async function checkServer(pool: Pool, allowUnsafe: boolean): Promise<readonly string[]> {
  const { rows } = await pool.query<{ name: string; setting: string }>(
    `SELECT name, setting FROM pg_settings
      WHERE name IN ('server_version_num', 'server_encoding', 'fsync', 'full_page_writes', 'synchronous_commit')`,
  )
  const settings = new Map(rows.map(({ name, setting }) => [name, setting]))
  const version = Number(settings.get('server_version_num') ?? OLDEST_VERSION)
  if (version < OLDEST_VERSION) {
    throw new StoreError('STORE_UNAVAILABLE', 'PostgreSQL 15 or newer is needed.', { facts: { version } })
  }
  if (settings.get('server_encoding') !== 'UTF8') {
    throw new StoreError('STORE_UNAVAILABLE', 'The database must be created with the encoding UTF8.')
  }
  const faults = DURABILITY.filter(({ name, unsafe }) => settings.get(name) === unsafe).map(({ name }) => name)
  if (faults.length === 0) return []
  const text = `PostgreSQL runs with ${faults.join(', ')} off: acknowledged log-ons would be lost in a crash, and used codes would work again.`
  if (!allowUnsafe) {
    throw new StoreError('STORE_UNSAFE', `${text} Switch them on.`, { facts: { settings: faults.join(' ') } })
  }
  return [text]
}
