import { expect, it } from 'vitest'
import { ownTextLines, ownTextsOf } from './own-text-lines.ts'

it('shows own texts as lines, and reads them back', () => {
  const texts = {
    prompts: { passcode: 'Code = ', 'new-pin-refused': 'No: {reason}\nAgain: ' },
    translations: { de: { passcode: 'Kode: ' }, fr: { 'access-denied': 'Non.' } },
  }
  const lines = ownTextLines(texts)
  expect(lines).toEqual([
    'passcode=Code = ',
    'new-pin-refused=No: {reason}\\nAgain: ',
    'de:passcode=Kode: ',
    'fr:access-denied=Non.',
  ])
  expect(ownTextsOf(`${lines.join('\n')}\n\n`)).toEqual(texts)
})

it('does not take a line without name and text', () => {
  expect(ownTextsOf('passcode')).toBeUndefined()
  expect(ownTextsOf('passcode=Code\nWhat is this')).toBeUndefined()
})
