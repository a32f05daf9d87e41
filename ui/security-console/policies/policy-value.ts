export type PolicyScalar = boolean | number | string | null | readonly string[]
export type PolicyValue = PolicyScalar | { readonly [name: string]: PolicyScalar }
export type PolicyValues = Readonly<Record<string, PolicyValue>>

/** Values that are one of a few; the words are `policies.choices.NAME`. */
export const policyChoices: Readonly<Record<string, readonly string[]>> = {
  creation: ['user', 'system'],
  characters: ['digits', 'letters-and-digits'],
  response: ['lock', 'delay', 'both'],
}

/** Values that may be absent: no limit. */
export const nullablePolicyFields: ReadonlySet<string> = new Set([
  'incorrectPasscodesBeforeNextTokencode',
  'unlockAfterSeconds',
  'maxAgeSeconds',
])

export function isGroup(value: PolicyValue): value is { readonly [name: string]: PolicyScalar } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
