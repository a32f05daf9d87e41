import type { UnixMs } from '../time.ts'
import type { Token } from '../token/token.ts'
import type { Challenge } from './challenge.ts'
import type { Snapshot } from './decision.ts'

/** An answer to a challenge that still stands, with the token it is about. */
export interface Answering<C extends Challenge = Challenge> {
  readonly snapshot: Snapshot
  readonly challenge: C
  readonly answer: string
  readonly token: Token
  readonly now: UnixMs
}
