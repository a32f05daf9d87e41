import type { TokenColumns } from '../schema/tables.ts'
import { HOT_COLUMNS, STEP_COLUMNS } from './token-columns.ts'
import type { ValuesOf } from './values-of.ts'

/** The columns of a log-on, in the order in which they are selected. */
export const HOT_TOKEN_ROW = [...HOT_COLUMNS, ...STEP_COLUMNS] as const

export type HotTokenRow = Pick<TokenColumns, (typeof HOT_TOKEN_ROW)[number]>

/** @returns the select list of a log-on, for rows fetched as arrays. */
export function hotTokenColumns(table: string): string {
  const plain = HOT_COLUMNS.map((column) => `${table}.${column}`)
  const steps = STEP_COLUMNS.map((column) => `CAST(${table}.${column} AS TEXT)`)
  return [...plain, ...steps].join(', ')
}

/**
 * The row that these values make. Drivers take many times as long to build an object of so many columns themselves, and so does a
 * loop over their names.
 * @param from Where the columns of `hotTokenColumns` begin among the values.
 */
export function hotTokenRow(values: readonly unknown[], from = 0): HotTokenRow {
  const own = from === 0 ? values : values.slice(from)
  const at = own as unknown as ValuesOf<TokenColumns, typeof HOT_TOKEN_ROW> // selected by hotTokenColumns
  return {
    id: at[0],
    serial: at[1],
    kind: at[2],
    form_factor: at[3],
    algorithm: at[4],
    digits: at[5],
    interval_seconds: at[6],
    t0_seconds: at[7],
    passcode_style: at[8],
    window_small: at[9],
    window_medium: at[10],
    window_large: at[11],
    enabled: at[12],
    starts_at: at[13],
    expires_at: at[14],
    user_id: at[15],
    version: at[16],
    clock_offset_ms: at[17],
    clock_rate_ppm: at[18],
    clock_offset_variance: at[19],
    clock_covariance: at[20],
    clock_rate_variance: at[21],
    clock_measured_at: at[22],
    clock_measurements: at[23],
    bad_tokencode_count: at[24],
    pin: at[25],
    new_pin_required: at[26],
    proposed_pin: at[27],
    last_accepted_at: at[28],
    lost: at[29],
    emergency: at[30],
    seed: at[31],
    pending_seed: at[32],
    high_water_step: at[33],
    challenge_spent_step: at[34],
  }
}
