import type { BoundField } from './use-contract-form.ts'

type OwnField<Value> = Pick<BoundField<Value>, 'name' | 'value' | 'onChange'> & Partial<BoundField<Value>>

/** A field that belongs to no contract form: what is not said is not asked for, and has no limits. */
export function ownField<Value>(field: OwnField<Value>): BoundField<Value> {
  return { fault: undefined, required: false, maxLength: undefined, min: undefined, max: undefined, ...field }
}
