import type { Migration } from '../schema/migration.ts'

const COMPANIES = [
  `CREATE TABLE companies (
    id {text} PRIMARY KEY, name {text} NOT NULL, name_key {text} NOT NULL UNIQUE, display_name {text} NOT NULL,
    ha_enabled {int} NOT NULL, last_change_time {big} NOT NULL, created_at {big} NOT NULL,
    version {int} NOT NULL) {hotTable}`,
  `CREATE TABLE company_administrators (
    id {text} PRIMARY KEY, name {text} NOT NULL, name_key {text} NOT NULL UNIQUE,
    company_id {text} REFERENCES companies (id), password_hash {text}, setup_code_mac {blob},
    setup_code_expires_at {big}, wrong_passwords {int} NOT NULL, locked_until {big}, created_at {big} NOT NULL,
    last_log_on_at {big}, version {int} NOT NULL) {table}`,
  `CREATE TABLE company_sessions (
    mac {blob} PRIMARY KEY,
    administrator_id {text} NOT NULL REFERENCES company_administrators (id) ON DELETE CASCADE,
    created_at {big} NOT NULL, last_seen_at {big} NOT NULL, expires_at {big} NOT NULL) {table}`,
  `CREATE TABLE company_sources (
    id {text} PRIMARY KEY, company_id {text} NOT NULL REFERENCES companies (id), name {text} NOT NULL,
    name_key {text} NOT NULL) {table}`,
  `CREATE UNIQUE INDEX company_sources_name ON company_sources (company_id, name_key)`,
]

const USERS = [
  `CREATE TABLE company_users (
    id {text} PRIMARY KEY, company_id {text} NOT NULL REFERENCES companies (id),
    source_id {text} NOT NULL REFERENCES company_sources (id), attribute {text} NOT NULL, attribute_key {text} NOT NULL,
    display_name {text} NOT NULL, display_name_key {text} NOT NULL, enabled {int} NOT NULL, guesses {text},
    locked_at {big}, created_at {big} NOT NULL, deleted_at {big}, version {int} NOT NULL) {hotTable}`,
  `CREATE UNIQUE INDEX company_users_attribute ON company_users (source_id, attribute_key) WHERE deleted_at IS NULL`,
  `CREATE INDEX company_users_found ON company_users (company_id, attribute_key, id) WHERE deleted_at IS NULL`,
  `CREATE INDEX company_users_name ON company_users (company_id, display_name_key) WHERE deleted_at IS NULL`,
]

const DEVICES = [
  `CREATE TABLE app_devices (
    id {text} PRIMARY KEY, company_id {text} NOT NULL REFERENCES companies (id),
    user_id {text} NOT NULL REFERENCES company_users (id), serial {text} NOT NULL UNIQUE, status {text} NOT NULL,
    public_name {text} NOT NULL, algorithm {text} NOT NULL, digits {int} NOT NULL, interval_seconds {int} NOT NULL,
    seed {blob}, seed_version {int} NOT NULL, version {int} NOT NULL, high_water_step {big} NOT NULL,
    clock_offset_ms {real} NOT NULL, clock_rate_ppm {real} NOT NULL, clock_offset_variance {real} NOT NULL,
    clock_covariance {real} NOT NULL, clock_rate_variance {real} NOT NULL, clock_measured_at {big},
    clock_measurements {int} NOT NULL, bad_tokencode_count {int} NOT NULL, challenge_spent_step {big} NOT NULL,
    last_accepted_at {big}, created_at {big} NOT NULL, proof_until {big}, proof_failures {int} NOT NULL,
    proven_at {big}, ended_at {big}, end_reason {text}, change_time {big}) {hotTable}`,
  `CREATE INDEX app_devices_feed ON app_devices (company_id, change_time, id) WHERE change_time IS NOT NULL`,
  `CREATE INDEX app_devices_user ON app_devices (user_id)`,
  `CREATE UNIQUE INDEX app_devices_active ON app_devices (user_id) WHERE status = 'active'`,
  `CREATE INDEX app_devices_listed ON app_devices (company_id, serial)`,
  `CREATE INDEX app_devices_pending ON app_devices (proof_until) WHERE status = 'pending'`,
  `CREATE INDEX app_devices_ended ON app_devices (ended_at) WHERE ended_at IS NOT NULL`,
]

const CONNECTIONS = [
  `CREATE TABLE registration_offers (
    mac {blob} PRIMARY KEY, company_id {text} NOT NULL REFERENCES companies (id),
    user_id {text} REFERENCES company_users (id), signing_key_id {text}, created_at {big} NOT NULL,
    expires_at {big} NOT NULL) {table}`,
  `CREATE TABLE connected_managers (
    id {text} PRIMARY KEY, company_id {text} NOT NULL REFERENCES companies (id), name {text} NOT NULL,
    signing_key_id {text} NOT NULL UNIQUE, signing_key {text} NOT NULL, previous_key_id {text}, previous_key {text},
    previous_key_until {big}, sealing_key_id {text} NOT NULL, sealing_key {text} NOT NULL, created_at {big} NOT NULL,
    last_seen_at {big}, last_marker {text}, revoked_at {big}) {table}`,
  `CREATE UNIQUE INDEX connected_managers_previous ON connected_managers (previous_key_id)
    WHERE previous_key_id IS NOT NULL`,
  `CREATE TABLE seen_requests (
    manager_id {text} NOT NULL, request_id {text} NOT NULL, expires_at {big} NOT NULL,
    PRIMARY KEY (manager_id, request_id)) {table}`,
  `CREATE INDEX seen_requests_expiry ON seen_requests (expires_at)`,
  `CREATE TABLE sealed_seeds (
    manager_id {text} NOT NULL, device_id {text} NOT NULL REFERENCES app_devices (id) ON DELETE CASCADE,
    key_id {text} NOT NULL, seed_version {int} NOT NULL, sealed {text} NOT NULL,
    PRIMARY KEY (manager_id, device_id)) {table}`,
  `CREATE INDEX sealed_seeds_device ON sealed_seeds (device_id)`,
  `CREATE TABLE cloud_signing_keys (
    id {text} PRIMARY KEY, public_key {text} NOT NULL, private_key {blob} NOT NULL, created_at {big} NOT NULL,
    active_from {big} NOT NULL) {table}`,
]

export const companiesAndApps: Migration = {
  version: 1,
  name: 'companies and apps',
  statements: [...COMPANIES, ...USERS, ...DEVICES, ...CONNECTIONS],
}
