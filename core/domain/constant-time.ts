/**
 * Whether two byte strings are equal, in a time that depends on their lengths only. Lengths are not secret here: every
 * verifier has the length of its MAC.
 */
export function equalInConstantTime(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false
  let difference = 0
  // `?? 0` only satisfies the index check of the compiler: both sides have this index.
  for (let index = 0; index < left.length; index++) difference |= (left[index] ?? 0) ^ (right[index] ?? 0)
  return difference === 0
}
