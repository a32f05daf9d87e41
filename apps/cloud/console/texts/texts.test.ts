import { ApplicationError } from '@driftlock/application'
import { AUDIT_ACTIONS } from '@driftlock/domain'
import { ApiError } from '@driftlock/http'
import { describe, expect, it } from 'vitest'
import { cloudProblemOf } from '../../serve/cloud-refusal.ts'
import { DE } from './de.ts'
import { EN } from './en.ts'
import { GERMAN_ACTIONS } from './german-audit.ts'
import { germanFault, germanRefusal } from './german-refusals.ts'

/** Every text of a table by its place. */
function leaves(table: object, place = ''): readonly (readonly [string, string])[] {
  return Object.entries(table).flatMap(([name, value]) =>
    typeof value === 'string' ? [[`${place}${name}`, value] as const] : leaves(value, `${place}${name}.`),
  )
}

const told = (error: unknown) => germanRefusal(error, cloudProblemOf(error, 'request-1'))

describe('the German of the cloud’s console', () => {
  it('fills in the same facts as the English', () => {
    const german = new Map(leaves(DE))
    const facts = (text: string) => (text.match(/\{\w+\}/g) ?? []).toSorted().join()
    const wrong = leaves(EN).filter(([place, text]) => facts(german.get(place) ?? 'missing {place}') !== facts(text))
    expect(wrong).toEqual([])
  })

  it('names every act of the cloud in its log', () => {
    const own = Object.entries(AUDIT_ACTIONS).filter(([, { text }]) => text.startsWith('Cloud: '))
    expect(Object.keys(GERMAN_ACTIONS)).toEqual(expect.arrayContaining(own.map(([action]) => action)))
  })

  it('tells what is wrong with a field', () => {
    const faults = ['use 1 to 63 letters, digits, points and hyphens: people type it at log-ons.']
    expect(told(new ApplicationError('INVALID_INPUT', { field: 'name', faults }))).toMatch(/^Name: 1 bis 63 Buchstaben/)
  })

  it('tells what is wrong with a list, in the parser’s words where it knows no others', () => {
    const detail = 'The list of users: line 3: a quote is not closed.'
    expect(told(new ApiError('INVALID_REQUEST', { detail }))).toBe(
      'Die Liste der Benutzer: line 3: a quote is not closed.',
    )
    expect(germanFault('the same user comes before')).toBe('Derselbe Benutzer kommt schon vorher.')
  })

  it('tells refusals by their code, and one it does not know in English', () => {
    expect(told(new ApiError('CROSS_SITE_REQUEST'))).toContain('andere')
    expect(told(new Error('secret of the server'))).toContain('Nummer der Anfrage')
    expect(germanRefusal(new Error(), { code: 'PREDEFINED_ROLE', detail: 'As it is.' })).toBe('As it is.')
  })
})
