import type { BulkResult, BulkTokenAct, TokenSummary } from '@driftlock/contracts'

type State = Pick<TokenSummary, 'id' | 'enabled' | 'lost'>

/** Whether an act that has an opposite finds something to change; the others are never undone. */
const changes: Partial<Record<BulkTokenAct['act'], (token: State) => boolean>> = {
  enable: (token) => !token.enabled,
  disable: (token) => token.enabled,
  'mark-lost': (token) => !token.lost,
  'mark-found': (token) => token.lost,
}

/**
 * Ids of the tokens that an act changed. A token that was as wanted already is among the done ones, but must not be
 * undone: it would become what it never was.
 */
export function changedBy(act: BulkTokenAct['act'], tokens: readonly State[], result: BulkResult): readonly string[] {
  const done = new Set(result.results.filter((one) => one.ok).map((one) => one.id))
  const hasChanged = changes[act] ?? (() => true)
  return tokens.filter((token) => done.has(token.id) && hasChanged(token)).map((token) => token.id)
}
