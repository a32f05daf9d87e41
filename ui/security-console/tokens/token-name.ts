import type { TokenSummary } from '@driftlock/contracts'

/** A token as dialogs name it: its serial, and whose it is. */
export function nameOfToken({ serial, owner }: TokenSummary): string {
  return owner ? `${serial} · ${owner.displayName}` : serial
}
