import type { Migration } from './migration.ts'

export const operations: Migration = {
  version: 4,
  name: 'operations',
  statements: [
    `CREATE TABLE instances (
      id {text} PRIMARY KEY, name {text} NOT NULL UNIQUE, role {text} NOT NULL, version {text} NOT NULL,
      address {text} NOT NULL, started_at {big} NOT NULL, heartbeat_at {big} NOT NULL, stopped_at {big}) {table}`,
    `CREATE TABLE jobs (
      id {text} PRIMARY KEY, kind {text} NOT NULL, status {text} NOT NULL, parameters {text} NOT NULL,
      checkpoint {text} NOT NULL, done_count {big} NOT NULL, total_count {big}, result {text} NOT NULL, error_code {text},
      created_by {text} NOT NULL, created_at {big} NOT NULL, started_at {big}, finished_at {big},
      cancel_requested {int} NOT NULL, holder {text}, held_until {big}) {table}`,
    `CREATE INDEX jobs_created ON jobs (created_at, id)`,
    `CREATE INDEX jobs_open ON jobs (created_at, id) WHERE status IN ('queued', 'running')`,
    `CREATE TABLE leases (name {text} PRIMARY KEY, holder {text} NOT NULL, held_until {big} NOT NULL) {table}`,
    `CREATE TABLE attempts (
      id {text} PRIMARY KEY, state {blob} NOT NULL, expires_at {big} NOT NULL, version {int} NOT NULL) {table}`,
    `CREATE INDEX attempts_expiry ON attempts (expires_at)`,
  ],
}
