import { randomInt } from 'node:crypto'

/** The same items in a random order, each order as likely as any other. */
export function shuffled<T>(items: readonly T[]): readonly T[] {
  return items
    .map((item) => ({ item, place: randomInt(2 ** 47) }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ item }) => item)
}
