import fc from 'fast-check'
import { expect, it } from 'vitest'
import { defaultRadiusPrompts, isRadiusPromptKey, radiusPrompt } from './prompts.ts'

it('fills the facts into the default text', () => {
  const facts = { minimum: 4, maximum: 8, characters: 'digits' }
  expect(radiusPrompt('new-pin', {}, facts)).toBe('Enter your new PIN of 4 to 8 digits: ')
})

it('takes the client’s own wording, and the default for an empty one', () => {
  expect(radiusPrompt('passcode', { passcode: 'Code? ' })).toBe('Code? ')
  expect(radiusPrompt('passcode', { passcode: '' })).toBe(defaultRadiusPrompts.passcode)
})

it('never exceeds the 253 octets of one Reply-Message', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 400 }), (text) => {
      expect(Buffer.byteLength(radiusPrompt('passcode', { passcode: text }))).toBeLessThanOrEqual(253)
    }),
  )
})

it('knows its keys, and inherited names are none', () => {
  expect(isRadiusPromptKey('next-tokencode')).toBe(true)
  expect(isRadiusPromptKey('toString')).toBe(false)
})

it('ends every question so that a typed answer stands apart', () => {
  const questions = Object.entries(defaultRadiusPrompts).filter(
    ([key]) => key !== 'access-denied' && key !== 'no-challenge',
  )
  expect(questions.filter(([, text]) => !/[:?] $/.test(text))).toEqual([])
})
