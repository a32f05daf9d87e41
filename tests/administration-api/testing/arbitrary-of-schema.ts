import fc from 'fast-check'

/** The part of JSON Schema that the contracts' schemas become. */
export interface JsonSchema {
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly unknown[]
  readonly oneOf?: readonly unknown[]
  readonly allOf?: readonly unknown[]
  readonly properties?: Readonly<Record<string, unknown>>
  readonly required?: readonly string[]
  readonly items?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, unknown>>
}

/** Values that mostly fit a schema: its bounds and their neighbours, long and odd texts, parts left out. */
export function valueOf(raw: unknown, defs: Readonly<Record<string, unknown>> = {}): fc.Arbitrary<unknown> {
  const schema = raw as JsonSchema // what zod writes
  const known = { ...defs, ...schema.$defs }
  const inner = (one: unknown) => valueOf(one, known)
  if (schema.$ref !== undefined) return inner(known[schema.$ref.replace('#/$defs/', '')] ?? {})
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices !== undefined) return fc.oneof(...choices.map(inner))
  switch (schema.type) {
    case 'object':
      return objectOf(schema, inner)
    case 'array':
      return fc.array(inner(schema.items ?? {}), { maxLength: 3 })
    case 'boolean':
      return fc.boolean()
    case 'integer':
    case 'number':
      return numberOf(schema)
    case 'null':
      return fc.constant(null)
    case 'string':
      return fc.oneof(fc.string({ maxLength: Math.min(schema.maxLength ?? 40, 300) }), fc.constantFrom(...ODD_TEXTS))
    case undefined:
    default:
      return fc.jsonValue({ maxDepth: 2 })
  }
}

const ODD_TEXTS = [
  '',
  '\0',
  '\ud800',
  "' OR 1=1 --",
  '%00',
  '../../etc',
  'root',
  '💥',
  '=1+1',
  'ﬁ',
  '\u202e',
  '1'.repeat(64),
]

function numberOf({ minimum = -1e9, maximum = 1e9 }: JsonSchema): fc.Arbitrary<number> {
  const low = Math.max(minimum, -Number.MAX_SAFE_INTEGER)
  const high = Math.min(maximum, Number.MAX_SAFE_INTEGER)
  return fc.oneof(
    fc.integer({ min: Math.ceil(low), max: Math.floor(high) }),
    fc.constantFrom(low, high, low - 1, high + 1),
  )
}

function objectOf({ properties = {}, required = [] }: JsonSchema, inner: (one: unknown) => fc.Arbitrary<unknown>) {
  const parts = Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, inner(one)]))
  return fc.record(parts, { requiredKeys: [...required] })
}
