/** Rows as both engines hand them out. Flags are 0 and 1, instants milliseconds, JSON is text, bytes are Uint8Array. */
type Nullable<T> = T | null

export interface TokenColumns {
  id: string
  serial: string
  kind: string
  form_factor: string
  algorithm: string
  digits: number
  interval_seconds: number
  t0_seconds: number
  passcode_style: string
  window_small: number
  window_medium: number
  window_large: number
  enabled: number
  starts_at: Nullable<number>
  expires_at: Nullable<number>
  version: number
  /** Written as text or bigint; read only through `CAST(… AS TEXT)`, because a step may exceed 2^53. */
  high_water_step: string | bigint
  clock_offset_ms: number
  clock_rate_ppm: number
  clock_offset_variance: number
  clock_covariance: number
  clock_rate_variance: number
  clock_measured_at: Nullable<number>
  clock_measurements: number
  bad_tokencode_count: number
  challenge_spent_step: string | bigint
  pin: Nullable<string>
  new_pin_required: number
  proposed_pin: Nullable<string>
  last_accepted_at: Nullable<number>
  /** Days since 1970 of `last_accepted_at`: indexed, and changed once a day only. */
  last_used_day: Nullable<number>
  lost: number
  emergency: Nullable<string>
  seed: Uint8Array
  pending_seed: Nullable<Uint8Array>
  seed_fingerprint: Nullable<Uint8Array>
  nickname: string
  nickname_key: string
  notes: string
  origin: string
  imported_at: number
  assigned_at: Nullable<number>
  distribution: Nullable<string>
  leaves_window_at: Nullable<number>
  /** Lower-cased user id of the owner. */
  owner_key: Nullable<string>
  user_id: Nullable<string>
  security_domain_id: string
  replaced_by_token_id: Nullable<string>
}

export interface UserColumns {
  id: string
  username: string
  username_key: string
  security_domain_id: string
  identity_source_id: string
  enabled: number
  starts_at: Nullable<number>
  expires_at: Nullable<number>
  version: number
  /** GuessRecord as JSON; null = no failures. */
  guesses: Nullable<string>
  /** As in the guess record, for searches. */
  locked_at: Nullable<number>
  first_name: string
  last_name: string
  email: string
  phone: string
  notes: string
  first_name_key: string
  last_name_key: string
  email_key: string
  created_at: number
  updated_at: number
}

export interface AuditColumns {
  id: string
  chain_id: string
  sequence: number
  mac: Uint8Array
  key_id: string
  record: Nullable<string>
  digest: Nullable<Uint8Array>
  at: Nullable<number>
  action: Nullable<string>
  outcome: Nullable<string>
  reason: Nullable<string>
  actor_id: Nullable<string>
  user_id: Nullable<string>
  token_serial: Nullable<string>
  security_domain_id: Nullable<string>
  agent: Nullable<string>
}

interface ClientColumns {
  id: string
  name: string
  name_key: string
  security_domain_id: string
  enabled: number
  notes: string
  created_at: number
  last_seen_at: Nullable<number>
  version: number
}

export interface JobColumns {
  id: string
  kind: string
  status: string
  parameters: string
  checkpoint: string
  done_count: number
  total_count: Nullable<number>
  result: string
  error_code: Nullable<string>
  created_by: string
  created_at: number
  started_at: Nullable<number>
  finished_at: Nullable<number>
  cancel_requested: number
  holder: Nullable<string>
  held_until: Nullable<number>
}

export interface HaRecordColumns {
  record_id: string
  serial: string
  company_id: string
  user_attribute: string
  /** `matchingKey` of the attribute. */
  attribute_key: string
  identity_source: string
  algorithm: string
  digits: number
  interval_seconds: number
  state: string
  seed_version: number
  change_time_ms: number
  clock_offset_ms: Nullable<number>
  /** Steps are read only through `CAST(… AS TEXT)`. */
  shared_step: string | bigint
  /** High-water step of a token that was taken away: it holds again when the token comes back. */
  kept_step: string | bigint
  user_id: Nullable<string>
  token_id: Nullable<string>
  reason: Nullable<string>
  has_token: number
  /** Of a record that waits for its user; sealed for its token. */
  seed: Nullable<Uint8Array>
  needs_match: number
  generation: number
  updated_at: number
}

export interface HaRunColumns {
  id: string
  kind: string
  trigger_name: string
  instance: string
  started_at: number
  finished_at: Nullable<number>
  outcome: string
  error_code: Nullable<string>
  error_text: Nullable<string>
  marker_from: string
  marker_to: string
  counts: string
  divergence: Nullable<string>
}

export interface Tables {
  ha_connections: {
    id: string
    status: string
    identity: string
    manager_id: string
    keys: Uint8Array
    progress: string
    version: number
    progress_version: number
  }
  ha_records: HaRecordColumns
  ha_runs: HaRunColumns
  data_keys: {
    id: string
    purpose: string
    generation: number
    created_at: number
    active_from: number
    master_key_id: string
    wrapped: Uint8Array
    public_key: Nullable<Uint8Array>
  }
  store_state: { id: number; config_version: number }
  security_domains: {
    id: string
    name: string
    name_key: string
    parent_id: Nullable<string>
    notes: string
    version: number
  }
  identity_sources: { id: string; name: string; kind: string; configuration: string; version: number }
  users: UserColumns
  login_names: { name: string; shown: string; user_id: string; is_alias: number }
  user_passwords: { user_id: string; hash: string; changed_at: number; must_change: number }
  tokens: TokenColumns
  voided_seeds: { token_id: string; voided_at: number; seed: Uint8Array }
  staged_tokens: TokenColumns & { import_id: string; line: number }
  audit_chains: { chain_id: string; sequence: number; mac: Uint8Array; epoch: number }
  audit_records: AuditColumns
  audit_checkpoints: {
    chain_id: string
    sequence: number
    mac: Uint8Array
    at: number
    key_id: string
    signature: Uint8Array
  }
  policies: { security_domain_id: string; kind: string; value: string; version: number; updated_at: number }
  settings: { key: string; scope: string; value: string; updated_at: number }
  administrators: {
    user_id: string
    enabled: number
    setup_code_mac: Nullable<Uint8Array>
    setup_code_expires_at: Nullable<number>
    created_at: number
    last_log_on_at: Nullable<number>
    version: number
  }
  roles: { id: string; name: string; permissions: string; predefined: number; version: number }
  role_assignments: { id: string; user_id: string; role_id: string; security_domain_id: string; created_at: number }
  api_keys: {
    id: string
    name: string
    user_id: string
    secret_mac: Uint8Array
    permissions: string
    created_at: number
    expires_at: Nullable<number>
    last_used_at: Nullable<number>
    revoked_at: Nullable<number>
  }
  sessions: {
    id: string
    console: string
    user_id: string
    created_at: number
    last_seen_at: number
    expires_at: number
    details: string
  }
  agents: ClientColumns & { kind: string; addresses: string; key_mac: Uint8Array; language: Nullable<string> }
  radius_clients: ClientColumns & {
    network: string
    secret: Uint8Array
    require_message_authenticator: number
    transport: string
    profile: string
  }
  instances: {
    id: string
    name: string
    role: string
    version: string
    address: string
    started_at: number
    heartbeat_at: number
    stopped_at: Nullable<number>
  }
  jobs: JobColumns
  leases: { name: string; holder: string; held_until: number }
  radius_counts: { instance_name: string; counts: string; noted_at: number }
  attempts: { id: string; state: Uint8Array; expires_at: number; version: number }
}
