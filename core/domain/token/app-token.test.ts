import { expect, it } from 'vitest'
import { acceptanceWindow } from '../drift/windows.ts'
import { WATCHED_CLOCK, NOON } from '../testing/tokens.ts'
import { NO_STEP } from '../time.ts'
import { appTokenRecord, NEW_APP_TOKENCODE } from './app-token.ts'

const { seedOctets: _, ...shape } = NEW_APP_TOKENCODE
const app = { id: 'a1', serial: 'MFA000000000001', enabled: true, userId: 'ada', ...shape }

it('is what the app says of itself, and otherwise TOTP that is entered without a PIN and does not expire', () => {
  expect(appTokenRecord(app)).toEqual({
    ...app,
    kind: 'totp',
    formFactor: 'software',
    t0Seconds: 0,
    passcodeStyle: 'tokencode-only',
    windows: { small: 60, medium: 180, large: 600 },
    startsAt: null,
    expiresAt: null,
  })
})

it('has the narrow windows of a key fob: one minute either way is accepted silently, three with the next tokencode', () => {
  const window = acceptanceWindow(appTokenRecord(app), { clock: WATCHED_CLOCK, highWaterStep: NO_STEP }, NOON)
  expect([window.smallSteps, window.mediumSteps, window.largeSteps]).toEqual([1, 3, 10])
})
