import type { FieldFaultText } from '@driftlock/ui-kit'

/** What is wrong with a number that is not within its limits, both of which are allowed. */
export function rangeFault(value: number, min: number, max: number): FieldFaultText | undefined {
  if (value >= min && value <= max) return undefined
  return value > max ? { key: 'tooBig', values: { limit: max } } : { key: 'tooSmall', values: { limit: min } }
}
