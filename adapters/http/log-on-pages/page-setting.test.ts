import { describe, expect, it } from 'vitest'
import { safePath } from './page-setting.ts'

describe('where a log-on leads', () => {
  it.each(['/self-service/history', '/self-service/tokens/7/troubleshoot?x=1'])(
    'is %s, a page of the console',
    (path) => {
      expect(safePath('self-service', path)).toBe(path)
    },
  )

  it.each([
    undefined,
    'https://example.com/',
    '//example.com/',
    '/self-service//example.com',
    '/self-service/../console/',
    '/self-service/\\example.com',
    '/console/',
    '/self-service/a\nLocation: x',
    `/self-service/${'a'.repeat(3000)}`,
  ])('is the start page for %j', (path) => {
    expect(safePath('self-service', path)).toBe('/self-service/')
  })
})
