import { unixMs } from '@driftlock/domain'
import { expect, it } from 'vitest'
import { emergencyCodesText } from './emergency-codes-text.ts'

const sheet = {
  codes: ['ABCD2345', 'WXYZ6789'],
  settings: {
    method: { type: 'one-time-set', count: 2 },
    expiresAt: unixMs(Date.UTC(2026, 10, 24, 17, 5)),
    ifTokenBecomesAvailable: 'deny',
  },
  serial: '000312345678',
  username: 'ada',
  pinNeeded: true,
} as const

it('says what the codes are, for which token, until when and how to use them with a PIN', () => {
  const text = emergencyCodesText(sheet)
  expect(text.split('\r\n')).toEqual(
    expect.arrayContaining([
      'Emergency access: set of one-time tokencodes',
      'Token:          000312345678',
      'Valid until:    2026-11-24 17:05 UTC',
      ' 1.  ABCD2345',
      ' 2.  WXYZ6789',
    ]),
  )
  expect(text).toContain('Enter your PIN, then the code')
})

it('says so when no PIN is needed, when one code serves until the end, and when there is none', () => {
  const fixed = { ...sheet.settings, method: { type: 'temporary-fixed' }, expiresAt: null } as const
  const text = emergencyCodesText({ ...sheet, codes: ['ABCD2345'], settings: fixed, pinNeeded: false })
  expect(text).toContain('temporary fixed tokencode')
  expect(text).toContain('no expiration')
  expect(text).toContain('Enter the code alone, without a PIN.')
  expect(text).not.toContain(' 1.')
})
