import { unixMs } from '@driftlock/domain'
import { defined } from './defined.ts'

interface Span {
  readonly startsAt?: number | null | undefined
  readonly expiresAt?: number | null | undefined
}

/** A body with its dates as instants of the domain, and without what was left out. */
export function withInstants<B extends Span>({ startsAt, expiresAt, ...rest }: B) {
  const instant = (value: number | null | undefined) => (typeof value === 'number' ? unixMs(value) : value)
  return { ...defined(rest), ...defined({ startsAt: instant(startsAt), expiresAt: instant(expiresAt) }) }
}
