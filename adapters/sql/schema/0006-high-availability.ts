import type { Migration } from './migration.ts'

/**
 * Records of the cloud access service. Tokens of apps that found their user lie in `tokens` like any other; what is here
 * says where they came from, and holds the seeds of those whose user is not known yet.
 */
export const highAvailability: Migration = {
  version: 6,
  name: 'high availability',
  statements: [
    `CREATE TABLE ha_connections (
      id {text} PRIMARY KEY, status {text} NOT NULL, identity {text} NOT NULL, manager_id {text} NOT NULL, keys {blob} NOT NULL,
      progress {text} NOT NULL, version {int} NOT NULL, progress_version {big} NOT NULL) {table}`,
    `CREATE TABLE ha_records (
      record_id {text} PRIMARY KEY, serial {text} NOT NULL, company_id {text} NOT NULL, user_attribute {text} NOT NULL,
      attribute_key {text} NOT NULL, identity_source {text} NOT NULL, algorithm {text} NOT NULL, digits {int} NOT NULL,
      interval_seconds {int} NOT NULL, state {text} NOT NULL, seed_version {big} NOT NULL, change_time_ms {big} NOT NULL,
      clock_offset_ms {big}, shared_step {big} NOT NULL, kept_step {big} NOT NULL, user_id {text}, token_id {text},
      reason {text}, has_token {int} NOT NULL, seed {blob}, needs_match {int} NOT NULL, generation {big} NOT NULL,
      updated_at {big} NOT NULL) {hotTable}`,
    `CREATE UNIQUE INDEX ha_records_serial ON ha_records (serial)`,
    `CREATE INDEX ha_records_attribute ON ha_records (attribute_key, record_id)`,
    `CREATE INDEX ha_records_user ON ha_records (user_id) WHERE user_id IS NOT NULL`,
    `CREATE INDEX ha_records_condition ON ha_records (state, has_token, reason, record_id)`,
    `CREATE INDEX ha_records_to_match ON ha_records (record_id) WHERE needs_match = 1`,
    `CREATE TABLE ha_runs (
      id {text} PRIMARY KEY, kind {text} NOT NULL, trigger_name {text} NOT NULL, instance {text} NOT NULL,
      started_at {big} NOT NULL, finished_at {big}, outcome {text} NOT NULL, error_code {text}, error_text {text},
      marker_from {text} NOT NULL, marker_to {text} NOT NULL, counts {text} NOT NULL, divergence {text}) {table}`,
  ],
}
