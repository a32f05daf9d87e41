import type { TokenColumns } from '../schema/tables.ts'

type Columns = readonly (keyof TokenColumns)[]

/** What is known of a clock: of a token's, and at a cloud of an app's. */
export const CLOCK_COLUMNS = [
  'clock_offset_ms',
  'clock_rate_ppm',
  'clock_offset_variance',
  'clock_covariance',
  'clock_rate_variance',
  'clock_measured_at',
  'clock_measurements',
] as const satisfies Columns

/** Read as text, because steps may exceed 2^53. */
export const STEP_COLUMNS = ['high_water_step', 'challenge_spent_step'] as const satisfies Columns

const PLAIN_STATE_COLUMNS = [
  ...CLOCK_COLUMNS,
  'bad_tokencode_count',
  'pin',
  'new_pin_required',
  'proposed_pin',
  'last_accepted_at',
  'lost',
  'emergency',
] as const satisfies Columns

/** What a log-on may change of a token. */
export const STATE_COLUMNS = [...STEP_COLUMNS, ...PLAIN_STATE_COLUMNS] as const

/** What a log-on reads beside the steps. */
export const HOT_COLUMNS = [
  'id',
  'serial',
  'kind',
  'form_factor',
  'algorithm',
  'digits',
  'interval_seconds',
  't0_seconds',
  'passcode_style',
  'window_small',
  'window_medium',
  'window_large',
  'enabled',
  'starts_at',
  'expires_at',
  'user_id',
  'version',
  ...PLAIN_STATE_COLUMNS,
  'seed',
  'pending_seed',
] as const satisfies Columns

/** What only the administration reads. */
export const KEPT_COLUMNS = [
  'last_used_day',
  'seed_fingerprint',
  'nickname',
  'nickname_key',
  'notes',
  'origin',
  'imported_at',
  'assigned_at',
  'distribution',
  'leaves_window_at',
  'owner_key',
  'security_domain_id',
  'replaced_by_token_id',
] as const satisfies Columns

/** Every column, for statements that write whole rows. */
export const TOKEN_COLUMNS = [...HOT_COLUMNS, ...STEP_COLUMNS, ...KEPT_COLUMNS] as const
