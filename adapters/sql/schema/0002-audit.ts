import type { Migration } from './migration.ts'

/** Records are found by id (UUIDv7, hence by time); what is rare is indexed, log-ons are found by user, token and agent. */
export const audit: Migration = {
  version: 2,
  name: 'audit',
  statements: [
    `CREATE TABLE audit_chains (
      chain_id {text} PRIMARY KEY, sequence {big} NOT NULL, mac {blob} NOT NULL,
      epoch {big} NOT NULL) {table}`,
    `CREATE TABLE audit_records (
      id {text} PRIMARY KEY, chain_id {text} NOT NULL, sequence {big} NOT NULL, mac {blob} NOT NULL, key_id {text} NOT NULL,
      record {text}, digest {blob}, at {big}, action {text}, outcome {text}, reason {text}, actor_id {text},
      user_id {text}, token_serial {text}, security_domain_id {text}, agent {text}) {table}`,
    `CREATE UNIQUE INDEX audit_records_chain ON audit_records (chain_id, sequence)`,
    `CREATE INDEX audit_records_user ON audit_records (user_id, id) WHERE user_id IS NOT NULL`,
    `CREATE INDEX audit_records_token ON audit_records (token_serial, id) WHERE token_serial IS NOT NULL`,
    `CREATE INDEX audit_records_agent ON audit_records (agent, id) WHERE agent IS NOT NULL`,
    `CREATE INDEX audit_records_action ON audit_records (action, id) WHERE action <> 'authenticate'`,
    `CREATE TABLE audit_checkpoints (
      chain_id {text} NOT NULL, sequence {big} NOT NULL, mac {blob} NOT NULL, at {big} NOT NULL,
      key_id {text} NOT NULL, signature {blob} NOT NULL, PRIMARY KEY (chain_id, sequence)) {table}`,
  ],
}
