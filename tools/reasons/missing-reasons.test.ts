import { describe, expect, it } from 'vitest'
import { missingReasons } from './missing-reasons.ts'

const marker = 'oxlint-disable-next-line'

describe('missing reasons', () => {
  it.each([
    [`// ${marker} no-eval\n`, 'suppression'],
    [`/* ${marker.replace('-next-line', '')} */\n`, 'suppression'],
    ['// @ts-expect-error\n', 'suppression'],
    ['// biome-ignore format:\n', 'suppression'],
    ['export const a = b as string\n', 'an `as`'],
    ['export const a = b!\n', 'a `!`'],
  ])('finds %j', (text, what) => {
    expect(missingReasons('core/domain/a.ts', text)).toEqual([
      `core/domain/a.ts:1: ${what} without a reason on the line`,
    ])
  })

  it.each([
    `// ${marker} no-eval -- the page under test needs it\n`,
    `// ${marker} max-lines -- a table of short functions\n`,
    '// @ts-expect-error the typings lack the second argument\n',
    '// biome-ignore format: one row a line\n',
    'export const a = b as string // the row mapper checked it\n',
    '// The row mapper checked it.\nexport const a = b!\n',
    "export const a = ['b'] as const\n",
    'import { b as c } from "./b.ts"\n',
  ])('accepts %j', (text) => {
    expect(missingReasons('core/domain/a.ts', text)).toEqual([])
  })

  it('lets tests assert types freely', () => {
    expect(missingReasons('core/domain/a.test.ts', 'const a = b as string\n')).toEqual([])
  })
})
