import type { ApiServices } from '../api/services.ts'
import type { SessionKeeper } from './session-keeper.ts'

/** What opening and ending sessions needs. */
export interface SessionServices extends ApiServices {
  readonly sessions: SessionKeeper
}
