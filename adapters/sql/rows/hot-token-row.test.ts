import { expect, it } from 'vitest'
import { HOT_TOKEN_ROW, hotTokenRow } from './hot-token-row.ts'
import { HOT_USER_ROW, hotUserRow } from './hot-user-row.ts'

it('puts every value of a log-on under the name of its column, wherever the columns begin', () => {
  for (const [columns, row] of [
    [HOT_TOKEN_ROW, hotTokenRow],
    [HOT_USER_ROW, hotUserRow],
  ] as const) {
    const named = Object.fromEntries(columns.map((column) => [column, column]))
    expect(row(columns)).toEqual(named)
    expect(row(['other', 'values', ...columns, 'behind'], 2)).toEqual(named)
  }
})
