import type { ClockEstimate } from '@driftlock/domain'
import type { TokenColumns } from '../schema/tables.ts'
import type { CLOCK_COLUMNS } from './token-columns.ts'
import { instantOrNull } from './values.ts'

export type ClockColumns = Pick<TokenColumns, (typeof CLOCK_COLUMNS)[number]>

export function clockOf(row: ClockColumns): ClockEstimate {
  return {
    offsetMs: row.clock_offset_ms,
    ratePpm: row.clock_rate_ppm,
    offsetVarianceMs2: row.clock_offset_variance,
    offsetRateCovariance: row.clock_covariance,
    rateVariancePpm2: row.clock_rate_variance,
    measuredAt: instantOrNull(row.clock_measured_at),
    measurements: row.clock_measurements,
  }
}

export function clockColumns(clock: ClockEstimate): ClockColumns {
  return {
    clock_offset_ms: clock.offsetMs,
    clock_rate_ppm: clock.ratePpm,
    clock_offset_variance: clock.offsetVarianceMs2,
    clock_covariance: clock.offsetRateCovariance,
    clock_rate_variance: clock.rateVariancePpm2,
    clock_measured_at: clock.measuredAt,
    clock_measurements: clock.measurements,
  }
}
