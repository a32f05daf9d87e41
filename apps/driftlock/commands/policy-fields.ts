import { wrongUsage } from '../terminal/command-error.ts'

type Fields = Readonly<Record<string, unknown>>

/** A policy as `path.to.field` and value. */
export function flatFields(policy: object, prefix = ''): readonly (readonly [string, unknown])[] {
  return Object.entries(policy).flatMap(([name, value]: [string, unknown]) =>
    isFields(value) ? flatFields(value, `${prefix}${name}.`) : [[`${prefix}${name}`, value] as const],
  )
}

interface Ground {
  /** What fields there are, and of which type: the initial policy. */
  readonly known: object
  /** What holds now: a group of fields (such as `pin`) is set as a whole. */
  readonly held: object
}

/** What a domain sets, with some fields changed. @throws CommandError for a field that no such policy has, or another type. */
export function mergeFields(
  own: object,
  changes: readonly (readonly [string, unknown])[],
  { known, held }: Ground,
): object {
  const types = new Map(flatFields(known))
  let merged: Fields = { ...own }
  for (const [path, value] of changes) {
    if (!types.has(path)) throw wrongUsage(`There is no field "${path}". The fields: ${[...types.keys()].join(', ')}`)
    requireType(path, value, types.get(path))
    const [group = '', field] = path.split('.')
    merged =
      field === undefined
        ? { ...merged, [group]: value }
        : { ...merged, [group]: { ...groupOf(merged, held, group), [field]: value } }
  }
  return merged
}

function groupOf(merged: Fields, held: object, group: string): Fields {
  const own = merged[group] ?? new Map<string, unknown>(Object.entries(held)).get(group)
  return isFields(own) ? own : {}
}

/** null stands where a policy may leave something out; the use case says where it may not. */
function requireType(path: string, value: unknown, sample: unknown): void {
  if (value === null || sample === null || typeof value === typeof sample) return
  throw wrongUsage(
    `${path}: write ${typeof sample === 'object' ? 'a JSON list' : `a ${typeof sample}`}, such as ${JSON.stringify(sample)}.`,
  )
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
