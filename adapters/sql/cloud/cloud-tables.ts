import type { Kysely } from 'kysely'
import type { ClockColumns } from '../rows/clock-row.ts'
import type { Tables } from '../schema/tables.ts'

type Nullable<T> = T | null

export interface CompanyColumns {
  id: string
  name: string
  name_key: string
  display_name: string
  ha_enabled: number
  /** The last change time that was given: see `changeTime`. */
  last_change_time: number
  created_at: number
  version: number
}

export interface CompanyAdministratorColumns {
  id: string
  name: string
  name_key: string
  company_id: Nullable<string>
  password_hash: Nullable<string>
  setup_code_mac: Nullable<Uint8Array>
  setup_code_expires_at: Nullable<number>
  wrong_passwords: number
  locked_until: Nullable<number>
  created_at: number
  last_log_on_at: Nullable<number>
  second_factor_user_id: Nullable<string>
  version: number
}

export interface CompanyUserColumns {
  id: string
  company_id: string
  source_id: string
  attribute: string
  attribute_key: string
  display_name: string
  display_name_key: string
  enabled: number
  guesses: Nullable<string>
  locked_at: Nullable<number>
  created_at: number
  /** Kept for the attribute of its revoked apps until they leave the feed. */
  deleted_at: Nullable<number>
  version: number
}

export interface AppDeviceColumns extends ClockColumns {
  id: string
  company_id: string
  user_id: string
  serial: string
  status: string
  public_name: string
  algorithm: string
  digits: number
  interval_seconds: number
  seed: Nullable<Uint8Array>
  seed_version: number
  version: number
  /** Written as text or bigint; read only through `CAST(… AS TEXT)`. */
  high_water_step: string | bigint
  bad_tokencode_count: number
  challenge_spent_step: string | bigint
  last_accepted_at: Nullable<number>
  created_at: number
  proof_until: Nullable<number>
  proof_failures: number
  proven_at: Nullable<number>
  ended_at: Nullable<number>
  end_reason: Nullable<string>
  change_time: Nullable<number>
}

export interface ConnectedManagerColumns {
  id: string
  company_id: string
  name: string
  signing_key_id: string
  signing_key: string
  previous_key_id: Nullable<string>
  previous_key: Nullable<string>
  previous_key_until: Nullable<number>
  sealing_key_id: string
  sealing_key: string
  created_at: number
  last_seen_at: Nullable<number>
  last_marker: Nullable<string>
  revoked_at: Nullable<number>
}

export interface CloudTables {
  companies: CompanyColumns
  company_administrators: CompanyAdministratorColumns
  company_sessions: {
    mac: Uint8Array
    administrator_id: string
    created_at: number
    last_seen_at: number
    expires_at: number
  }
  company_sources: { id: string; company_id: string; name: string; name_key: string }
  company_users: CompanyUserColumns
  app_devices: AppDeviceColumns
  registration_offers: {
    mac: Uint8Array
    company_id: string
    user_id: Nullable<string>
    signing_key_id: Nullable<string>
    created_at: number
    expires_at: number
  }
  connected_managers: ConnectedManagerColumns
  seen_requests: { manager_id: string; request_id: string; expires_at: number }
  sealed_seeds: { manager_id: string; device_id: string; key_id: string; seed_version: number; sealed: string }
  cloud_signing_keys: {
    id: string
    public_key: string
    private_key: Uint8Array
    created_at: number
    active_from: number
  }
}

/** The cloud's tables beside the audit log and the keys, which it has in common with a manager. */
export type CloudDatabase = Kysely<Tables & CloudTables>
