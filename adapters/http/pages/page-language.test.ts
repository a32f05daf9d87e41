import { describe, expect, it } from 'vitest'
import { languageLinks, pageLanguage } from './page-language.ts'

const NONE = { asked: undefined, remembered: undefined, accepted: undefined }

describe('the language of a page', () => {
  it('is English where nobody asks for another', () => {
    expect(pageLanguage(NONE)).toEqual({ language: 'en', chosen: undefined })
  })

  it('is the first of the browser’s that is offered', () => {
    expect(pageLanguage({ ...NONE, accepted: 'fr-FR, DE-AT;q=0.8, en;q=0.5' }).language).toBe('de')
    expect(pageLanguage({ ...NONE, accepted: 'de, en' }, ['en']).language).toBe('en')
  })

  it('is what was chosen before, whatever the browser asks', () => {
    expect(pageLanguage({ ...NONE, remembered: 'en', accepted: 'de' })).toEqual({ language: 'en', chosen: undefined })
  })

  it('is what a link just chose, and that is to be remembered', () => {
    expect(pageLanguage({ asked: 'de', remembered: 'en', accepted: 'en' })).toEqual({ language: 'de', chosen: 'de' })
  })

  it('is not what nobody offers', () => {
    expect(pageLanguage({ asked: 'fr', remembered: 'xx', accepted: 'es' })).toEqual({
      language: 'en',
      chosen: undefined,
    })
  })
})

describe('the links to other languages', () => {
  it('lead to every language but the one that is shown, each named in itself', () => {
    const links = languageLinks({ current: 'de', label: 'Sprache', addressIn: (one) => `/a?lang=${one}` })
    expect(links.text).toContain('<a href="/a?lang=en" lang="en" hreflang="en">English</a>')
    expect(links.text).toContain('<span aria-current="true" lang="de">Deutsch</span>')
    expect(links.text).not.toContain('/a?lang=de')
  })
})
