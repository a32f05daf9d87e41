import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { returnPath } from './return-path.ts'

describe('the place to go to after a log-on', () => {
  it('is the path and query that were asked for', () => {
    expect(returnPath('/reports?month=3&year=2026')).toBe('/reports?month=3&year=2026')
    expect(returnPath('/.driftlock/done')).toBe('/.driftlock/done')
  })

  it.each([
    undefined,
    '',
    'https://evil.example',
    '//evil.example',
    '/\\evil',
    '/a\\b',
    '/\t/evil',
    '/.driftlock/log-on',
    '/x/../.driftlock/step',
    '/./.driftlock/',
    '/..//evil.example',
  ])('is the start page for %j', (wanted) => {
    expect(returnPath(wanted)).toBe('/')
  })

  it('never leaves the host, whatever is asked for', () => {
    const pieces = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      '@',
      ':',
      '//',
      'evil.example',
      'https:',
      '%2f',
      '%5c',
      '\t',
      '\n',
      '?',
      '#',
    )
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), (parts) => {
        const path = returnPath(`/${parts.join('')}`)
        expect(new URL(path, 'https://app.example.com').origin).toBe('https://app.example.com')
        expect(path).toMatch(/^\/(?![/\\])/)
      }),
    )
  })
})
