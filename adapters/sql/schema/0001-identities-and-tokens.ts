import { LAST_NUMBER, LAST_TEXT } from './column-types.ts'
import type { Migration } from './migration.ts'

const DOMAINS = [
  `CREATE TABLE security_domains (
    id {text} PRIMARY KEY, name {text} NOT NULL, name_key {text} NOT NULL,
    parent_id {text} REFERENCES security_domains (id),
    notes {text} NOT NULL, version {int} NOT NULL) {table}`,
  `CREATE UNIQUE INDEX security_domains_name ON security_domains (parent_id, name_key)`,
  `CREATE TABLE identity_sources (
    id {text} PRIMARY KEY, name {text} NOT NULL UNIQUE, kind {text} NOT NULL,
    configuration {text} NOT NULL, version {int} NOT NULL) {table}`,
  `CREATE TABLE store_state (id {int} PRIMARY KEY CHECK (id = 1), config_version {big} NOT NULL) {table}`,
  `INSERT INTO store_state (id, config_version) VALUES (1, 1)`,
  `INSERT INTO security_domains (id, name, name_key, parent_id, notes, version)
    VALUES ('root', 'SystemDomain', 'systemdomain', NULL, '', 1)`,
  `INSERT INTO identity_sources (id, name, kind, configuration, version)
    VALUES ('internal', 'Internal Database', 'internal', '{}', 1)`,
]

const USERS = [
  `CREATE TABLE users (
    id {text} PRIMARY KEY, username {text} NOT NULL, username_key {text} NOT NULL,
    security_domain_id {text} NOT NULL REFERENCES security_domains (id),
    identity_source_id {text} NOT NULL REFERENCES identity_sources (id),
    enabled {int} NOT NULL, starts_at {big}, expires_at {big}, version {int} NOT NULL,
    guesses {text}, locked_at {big},
    first_name {text} NOT NULL, last_name {text} NOT NULL, email {text} NOT NULL, phone {text} NOT NULL, notes {text} NOT NULL,
    first_name_key {text} NOT NULL, last_name_key {text} NOT NULL, email_key {text} NOT NULL,
    created_at {big} NOT NULL, updated_at {big} NOT NULL) {hotTable}`,
  `CREATE INDEX users_username ON users (username_key, id)`,
  `CREATE INDEX users_domain ON users (security_domain_id, username_key, id)`,
  `CREATE INDEX users_first_name ON users (first_name_key) WHERE first_name_key <> ''`,
  `CREATE INDEX users_last_name ON users (last_name_key) WHERE last_name_key <> ''`,
  `CREATE INDEX users_email ON users (email_key) WHERE email_key <> ''`,
  `CREATE INDEX users_locked ON users (username_key, id) WHERE locked_at IS NOT NULL`,
  `CREATE TABLE login_names (
    name {text} PRIMARY KEY, shown {text} NOT NULL, user_id {text} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    is_alias {int} NOT NULL) {table}`,
  `CREATE INDEX login_names_user ON login_names (user_id)`,
  `CREATE TABLE user_passwords (
    user_id {text} PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    hash {text} NOT NULL, changed_at {big} NOT NULL, must_change {int} NOT NULL) {table}`,
]

/** What a token is and how it stands; import staging has the same columns. */
const TOKEN_COLUMNS = `
    serial {text} NOT NULL, kind {text} NOT NULL, form_factor {text} NOT NULL, algorithm {text} NOT NULL,
    digits {int} NOT NULL, interval_seconds {int} NOT NULL, t0_seconds {big} NOT NULL, passcode_style {text} NOT NULL,
    window_small {int} NOT NULL, window_medium {int} NOT NULL, window_large {int} NOT NULL,
    enabled {int} NOT NULL, starts_at {big}, expires_at {big}, version {int} NOT NULL, high_water_step {big} NOT NULL,
    clock_offset_ms {real} NOT NULL, clock_rate_ppm {real} NOT NULL, clock_offset_variance {real} NOT NULL,
    clock_covariance {real} NOT NULL, clock_rate_variance {real} NOT NULL, clock_measured_at {big},
    clock_measurements {int} NOT NULL, bad_tokencode_count {int} NOT NULL, challenge_spent_step {big} NOT NULL,
    pin {text}, new_pin_required {int} NOT NULL, proposed_pin {text}, last_accepted_at {big}, last_used_day {int},
    lost {int} NOT NULL, emergency {text}, seed {blob} NOT NULL, pending_seed {blob}, seed_fingerprint {blob},
    nickname {text} NOT NULL, nickname_key {text} NOT NULL, notes {text} NOT NULL, origin {text} NOT NULL,
    imported_at {big} NOT NULL, assigned_at {big}, distribution {text}, leaves_window_at {big}, owner_key {text}`

const TOKENS = [
  `CREATE TABLE tokens (
    id {text} PRIMARY KEY, ${TOKEN_COLUMNS},
    user_id {text} REFERENCES users (id), security_domain_id {text} NOT NULL REFERENCES security_domains (id),
    replaced_by_token_id {text} REFERENCES tokens (id)) {hotTable}`,
  `CREATE UNIQUE INDEX tokens_serial ON tokens (serial)`,
  `CREATE INDEX tokens_user ON tokens (user_id) WHERE user_id IS NOT NULL`,
  `CREATE INDEX tokens_domain ON tokens (security_domain_id, serial)`,
  `CREATE INDEX tokens_nickname ON tokens (nickname_key) WHERE nickname_key <> ''`,
  `CREATE INDEX tokens_expiry ON tokens (COALESCE(expires_at, ${LAST_NUMBER}), id)`,
  `CREATE INDEX tokens_last_used ON tokens (COALESCE(last_used_day, ${LAST_NUMBER}), id)`,
  `CREATE INDEX tokens_leaving ON tokens (COALESCE(leaves_window_at, ${LAST_NUMBER}), id)`,
  `CREATE INDEX tokens_owner ON tokens (COALESCE(owner_key, '${LAST_TEXT}'), id)`,
  `CREATE INDEX tokens_unassigned ON tokens (serial) WHERE user_id IS NULL`,
  `CREATE INDEX tokens_disabled ON tokens (serial) WHERE enabled = 0`,
  `CREATE INDEX tokens_new_pin ON tokens (serial) WHERE new_pin_required = 1`,
  `CREATE INDEX tokens_lost ON tokens (serial) WHERE lost = 1`,
  `CREATE INDEX tokens_emergency ON tokens (serial) WHERE emergency IS NOT NULL`,
  `CREATE INDEX tokens_pending ON tokens (serial) WHERE pending_seed IS NOT NULL`,
  `CREATE INDEX tokens_replaced_by ON tokens (replaced_by_token_id) WHERE replaced_by_token_id IS NOT NULL`,
  `CREATE TABLE voided_seeds (
    token_id {text} NOT NULL REFERENCES tokens (id) ON DELETE CASCADE, voided_at {big} NOT NULL, seed {blob} NOT NULL) {table}`,
  `CREATE INDEX voided_seeds_token ON voided_seeds (token_id, voided_at)`,
  `CREATE TABLE staged_tokens (
    import_id {text} NOT NULL, line {int} NOT NULL, id {text} NOT NULL, ${TOKEN_COLUMNS},
    user_id {text}, security_domain_id {text} NOT NULL, replaced_by_token_id {text},
    PRIMARY KEY (import_id, line)) {table}`,
  `CREATE INDEX staged_tokens_serial ON staged_tokens (import_id, serial, line)`,
]

export const identitiesAndTokens: Migration = {
  version: 1,
  name: 'identities and tokens',
  statements: [...DOMAINS, ...USERS, ...TOKENS],
}
