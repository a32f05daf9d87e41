import { expect, it } from 'vitest'
import { checkedInDictionary, renderDictionary } from './generate.ts'

it('finds the checked-in dictionary equal to what the tables say', () => {
  expect(checkedInDictionary()).toBe(renderDictionary())
})
