import type { Migration } from './migration.ts'

/** Data keys, wrapped by a master key that is not in the database. */
export const keys: Migration = {
  version: 5,
  name: 'keys',
  statements: [
    `CREATE TABLE data_keys (
      id {text} PRIMARY KEY, purpose {text} NOT NULL, generation {int} NOT NULL, created_at {big} NOT NULL,
      active_from {big} NOT NULL, master_key_id {text} NOT NULL, wrapped {blob} NOT NULL, public_key {blob},
      UNIQUE (purpose, generation)) {table}`,
  ],
}
