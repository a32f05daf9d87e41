/**
 * A code in groups that the eye can hold: 8 characters as 4 + 4, 6 as 3 + 3, others in fours.
 * Only for showing: what is copied, printed to file and typed has no spaces.
 */
export function inGroups(code: string): readonly string[] {
  const size = code.length % 4 === 0 || code.length > 6 ? 4 : 3
  return Array.from({ length: Math.ceil(code.length / size) }, (_, group) =>
    code.slice(group * size, (group + 1) * size),
  )
}
