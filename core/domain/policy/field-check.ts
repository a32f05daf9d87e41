/** One thing that is wrong with one field of a policy. `text` names the field and says what to enter. */
export interface PolicyFault {
  /** Path within the policy, for example `pin.minLength`. */
  readonly field: string
  readonly code: 'out-of-range' | 'contradiction' | 'bad-word' | 'too-many'
  readonly text: string
}

interface Range {
  readonly min: number
  readonly max: number
}

/** A whole number from min to max, both included. */
export function rangeFault(field: string, value: number, { min, max }: Range): PolicyFault[] {
  if (Number.isInteger(value) && value >= min && value <= max) return []
  return [{ field, code: 'out-of-range', text: `${field}: enter a whole number from ${min} to ${max}.` }]
}

/** Two fields that cannot hold together; `problem` says what and what to do. */
export function contradiction(field: string, problem: string): PolicyFault {
  return { field, code: 'contradiction', text: `${field}: ${problem}` }
}
