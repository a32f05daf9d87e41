import type { RecordWrite } from '@driftlock/application'
import {
  appTokenRecord,
  CLOUD_ORIGIN,
  FRESH_TOKEN_STATE,
  type Step,
  type TokenState,
  UNKNOWN_CLOCK,
  type UnixMs,
} from '@driftlock/domain'
import { newTokenRow } from '../rows/token-row.ts'
import type { TokenColumns } from '../schema/tables.ts'

interface AppToken {
  readonly write: RecordWrite
  readonly owner: { readonly userId: string; readonly securityDomainId: string }
  readonly seed: Uint8Array
  readonly highWaterStep: Step
  readonly now: UnixMs
}

/** A token that nobody used here; what the cloud knows of the app's clock is where its estimate begins. */
function newAppState({ clockOffsetMs }: RecordWrite['record'], highWaterStep: Step): TokenState {
  return { ...FRESH_TOKEN_STATE, highWaterStep, clock: { ...UNKNOWN_CLOCK, offsetMs: clockOffsetMs ?? 0 } }
}

export function appTokenRow({ write, owner, seed, highWaterStep, now }: AppToken): TokenColumns {
  return newTokenRow({
    token: {
      record: appTokenRecord({ ...write.record, id: write.tokenId, enabled: true, userId: owner.userId }),
      state: newAppState(write.record, highWaterStep),
      securityDomainId: owner.securityDomainId,
      nickname: '',
      notes: '',
      origin: CLOUD_ORIGIN,
      importedAt: now,
      assignedAt: now,
      distribution: null,
      replacedByTokenId: null,
      leavesWindowAt: null,
      username: null,
    },
    seed,
    seedFingerprint: null,
  })
}
