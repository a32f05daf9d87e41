import type { Step } from '../time.ts'
import type { TokenRecord } from '../token/token.ts'
import { hotpSource } from './hotp.ts'
import { securidSource } from './securid.ts'
import { TokencodeError } from './tokencode-error.ts'

/** What a token must say of itself so that its codes can be computed. */
export type CodeSourceRecord = Pick<
  TokenRecord,
  'kind' | 'algorithm' | 'digits' | 'intervalSeconds' | 'serial' | 't0Seconds'
>

/**
 * The codes of one token, by step: windows, resync and virtual tokens are written once over this. It holds key material
 * and remembers what it computed; make one per decision and keep it out of logs.
 */
export interface CodeSource {
  readonly digits: number
  /** Steps run from 0 to here; asking beyond throws TokencodeError `step-range`. */
  readonly highestStep: Step
  code(step: Step): string
  /** Codes of a closed range, in order; empty when `first` is above `last`. */
  codes(first: Step, last: Step): readonly string[]
}

/**
 * Makes the codes of a token. Steps: HOTP its counter; TOTP floor((t - T0) / interval); SecurID-format
 * floor(t / interval), t in Unix seconds: see `stepAt`.
 * @throws TokencodeError naming the field that does not fit: kind, algorithm, digits, interval, seed-length, serial.
 */
export function codeSource(record: CodeSourceRecord, seed: Uint8Array): CodeSource {
  if (record.kind === 'securid') return securidSource(record, seed)
  if (record.kind === 'totp' && !(record.intervalSeconds > 0)) {
    throw new TokencodeError(
      'interval',
      `A TOTP token needs an interval above 0 seconds, not ${record.intervalSeconds}.`,
    )
  }
  return hotpSource(record, seed)
}
