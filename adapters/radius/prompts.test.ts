import { PIN_FAULTS, REASONS } from '@driftlock/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { germanRadiusPrompts, inGerman } from './german-prompts.ts'
import { defaultRadiusPrompts, isRadiusPromptKey, radiusPrompt, type RadiusWording } from './prompts.ts'

const english: RadiusWording = { language: 'en', prompts: {}, translations: {} }
const german: RadiusWording = { ...english, language: 'de' }
const facts = { minimum: 4, maximum: 8, characters: 'digits' }

it('fills the facts into the default text', () => {
  expect(radiusPrompt('new-pin', english, facts)).toBe('Enter your new PIN of 4 to 8 digits: ')
})

it('takes the client’s own wording, and the default for an empty one', () => {
  expect(radiusPrompt('passcode', { ...english, prompts: { passcode: 'Code? ' } })).toBe('Code? ')
  expect(radiusPrompt('passcode', { ...english, prompts: { passcode: '' } })).toBe(defaultRadiusPrompts.passcode)
})

it('takes the own wording in the client’s language before the one in any, and none of another language', () => {
  const wording = {
    prompts: { passcode: 'Code? ', 'access-denied': 'No.' },
    translations: { de: { passcode: 'Kode? ' }, fr: { passcode: 'Code SVP : ' } },
  }
  const said = (language: string) => radiusPrompt('passcode', { ...wording, language })
  expect(['de', 'fr', 'en', 'it'].map(said)).toEqual(['Kode? ', 'Code SVP : ', 'Code? ', 'Code? '])
  expect(radiusPrompt('access-denied', { ...wording, language: 'de' })).toBe('No.')
})

it('speaks English where there are no texts in the client’s language, and where it is the name of something inherited', () => {
  expect(radiusPrompt('access-denied', { ...english, language: 'fr' })).toBe('Access denied.')
  expect(radiusPrompt('access-denied', { ...english, language: 'constructor' })).toBe('Access denied.')
})

it('never exceeds the 253 octets of one Reply-Message', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 400 }), (text) => {
      const said = radiusPrompt('passcode', { ...english, prompts: { passcode: text } })
      expect(Buffer.byteLength(said)).toBeLessThanOrEqual(253)
    }),
  )
})

it('knows its keys, and inherited names are none', () => {
  expect(isRadiusPromptKey('next-tokencode')).toBe(true)
  expect(isRadiusPromptKey('toString')).toBe(false)
})

describe.each([
  ['English', defaultRadiusPrompts],
  ['German', germanRadiusPrompts],
])('the %s texts', (_, texts) => {
  it('end every question so that a typed answer stands apart', () => {
    const questions = Object.entries(texts).filter(([key]) => key !== 'access-denied' && key !== 'no-challenge')
    expect(questions.filter(([, text]) => !/[:?] $/.test(text))).toEqual([])
  })

  it('name the same facts, and fit one Reply-Message with the longest of them', () => {
    const longest = { minimum: 16, maximum: 16, characters: 'alphanumeric characters', pin: '1234567890123456' }
    const reasons = Object.values(PIN_FAULTS).flatMap((text) => [text, inGerman(text)])
    for (const [key, text] of Object.entries(texts)) {
      const named = (template: string) => [...template.matchAll(/\{\w+\}/g)].map(String).toSorted()
      expect(named(text)).toEqual(named(defaultRadiusPrompts[key as keyof typeof defaultRadiusPrompts])) // the same keys
      for (const reason of reasons) {
        const filled = text.replace(
          /\{(\w+)\}/g,
          (whole, name: string) =>
            String(name === 'reason' ? reason : (longest[name as keyof typeof longest] ?? whole)), // a fact or none
        )
        expect(Buffer.byteLength(filled)).toBeLessThanOrEqual(253)
      }
    }
  })
})

it('has German words for every fault of a PIN and for what a rejected user may read', () => {
  const said = [...Object.values(PIN_FAULTS), REASONS['wrong-passcode'].user, REASONS['new-pin-cancelled'].user]
  expect(said.filter((text) => inGerman(text) === text)).toEqual([])
  expect(radiusPrompt('access-denied', german)).toBe('Zugriff verweigert.')
})
