import type { Migration } from './migration.ts'

const CONFIGURATION = [
  `CREATE TABLE policies (
    security_domain_id {text} NOT NULL REFERENCES security_domains (id) ON DELETE CASCADE, kind {text} NOT NULL,
    value {text} NOT NULL, version {int} NOT NULL, updated_at {big} NOT NULL, PRIMARY KEY (security_domain_id, kind)) {table}`,
  `CREATE TABLE settings (
    key {text} NOT NULL, scope {text} NOT NULL, value {text} NOT NULL, updated_at {big} NOT NULL,
    PRIMARY KEY (key, scope)) {table}`,
]

const ACCESS = [
  `CREATE TABLE administrators (
    user_id {text} PRIMARY KEY REFERENCES users (id), enabled {int} NOT NULL, setup_code_mac {blob},
    setup_code_expires_at {big}, created_at {big} NOT NULL, last_log_on_at {big}, version {int} NOT NULL) {table}`,
  `CREATE TABLE roles (
    id {text} PRIMARY KEY, name {text} NOT NULL UNIQUE, permissions {text} NOT NULL, predefined {int} NOT NULL,
    version {int} NOT NULL) {table}`,
  `CREATE TABLE role_assignments (
    id {text} PRIMARY KEY, user_id {text} NOT NULL REFERENCES administrators (user_id) ON DELETE CASCADE,
    role_id {text} NOT NULL REFERENCES roles (id), security_domain_id {text} NOT NULL REFERENCES security_domains (id),
    created_at {big} NOT NULL) {table}`,
  `CREATE UNIQUE INDEX role_assignments_once ON role_assignments (user_id, role_id, security_domain_id)`,
  `CREATE TABLE api_keys (
    id {text} PRIMARY KEY, name {text} NOT NULL,
    user_id {text} NOT NULL REFERENCES administrators (user_id) ON DELETE CASCADE,
    secret_mac {blob} NOT NULL, permissions {text} NOT NULL, created_at {big} NOT NULL, expires_at {big},
    last_used_at {big}, revoked_at {big}) {table}`,
  `CREATE TABLE sessions (
    id {text} PRIMARY KEY, console {text} NOT NULL, user_id {text} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at {big} NOT NULL, last_seen_at {big} NOT NULL, expires_at {big} NOT NULL, details {text} NOT NULL) {table}`,
  `CREATE INDEX sessions_user ON sessions (user_id)`,
  `CREATE INDEX sessions_expiry ON sessions (expires_at)`,
]

const CLIENTS = [
  `CREATE TABLE agents (
    id {text} PRIMARY KEY, name {text} NOT NULL, name_key {text} NOT NULL UNIQUE, kind {text} NOT NULL,
    addresses {text} NOT NULL, key_mac {blob} NOT NULL,
    security_domain_id {text} NOT NULL REFERENCES security_domains (id), enabled {int} NOT NULL, notes {text} NOT NULL,
    created_at {big} NOT NULL, last_seen_at {big}, version {int} NOT NULL) {table}`,
  `CREATE TABLE radius_clients (
    id {text} PRIMARY KEY, name {text} NOT NULL, name_key {text} NOT NULL UNIQUE, network {text} NOT NULL UNIQUE,
    secret {blob} NOT NULL, require_message_authenticator {int} NOT NULL, transport {text} NOT NULL,
    security_domain_id {text} NOT NULL REFERENCES security_domains (id), enabled {int} NOT NULL, profile {text} NOT NULL,
    notes {text} NOT NULL, created_at {big} NOT NULL, last_seen_at {big}, version {int} NOT NULL) {table}`,
]

export const administration: Migration = {
  version: 3,
  name: 'administration',
  statements: [...CONFIGURATION, ...ACCESS, ...CLIENTS],
}
