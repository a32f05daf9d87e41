import { NO_STEP, type Step, step } from '../time.ts'
import type { ClockedRecord } from '../drift/clock-model.ts'
import { defaultWindows } from '../drift/windows.ts'
import type { FormFactor, TokenKind } from '../token/token.ts'
import { type CodeSource, type CodeSourceRecord, codeSource } from '../tokencode/code-source.ts'

/** A record with the default windows of its kind; for tests. */
export function virtualRecord(
  changes: Partial<ClockedRecord & CodeSourceRecord> & {
    readonly kind?: TokenKind
    readonly formFactor?: FormFactor
  } = {},
): ClockedRecord & CodeSourceRecord {
  const kind = changes.kind ?? 'totp'
  const formFactor = changes.formFactor ?? 'key-fob'
  const intervalSeconds = changes.intervalSeconds ?? (kind === 'hotp' ? 0 : 60)
  return {
    kind,
    formFactor,
    intervalSeconds,
    algorithm: kind === 'securid' ? 'aes-128' : 'sha1',
    digits: 6,
    serial: '000123456789',
    t0Seconds: 0,
    windows: defaultWindows(kind, formFactor, intervalSeconds),
    ...changes,
  }
}

export function virtualSource(record: CodeSourceRecord): CodeSource {
  return codeSource(
    record,
    Uint8Array.from({ length: 16 }, (_, index) => index),
  )
}

/** A source whose code at a step is given by a function, and which counts what it was asked. */
export function scriptedSource(codeAt: (at: Step) => string): CodeSource & { readonly asked: () => number } {
  let asked = 0
  const code = (at: Step): string => {
    asked += 1
    return codeAt(at)
  }
  return {
    digits: 6,
    highestStep: step((1n << 64n) - 1n),
    code,
    codes: (first, last) => {
      const codes: string[] = []
      for (let at = first; at <= last; at = step(at + 1n)) codes.push(code(at))
      return codes
    },
    asked: () => asked,
  }
}

export const NOTHING_USED = NO_STEP
