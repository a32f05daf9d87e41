import { z } from 'zod'
import { domainReference, id, instant, tokenReference, userReference } from '../values.ts'

export const tokenKind = z.enum(['securid', 'totp', 'hotp']).meta({ id: 'TokenKind' })
export const formFactor = z.enum(['key-fob', 'pinpad', 'software']).meta({ id: 'FormFactor' })
export const passcodeStyle = z.enum(['fob', 'pinpad', 'tokencode-only']).meta({ id: 'PasscodeStyle' })
export const tokencodeAlgorithm = z.enum(['aes-128', 'sha1', 'sha256', 'sha512']).meta({ id: 'TokencodeAlgorithm' })

/** The one thing to say of a token first; the gravest that holds. `new-pin` and `next-tokencode` still log in, with a question. */
export const tokenCondition = z
  .enum([
    'lost',
    'expired',
    'not-started',
    'disabled',
    'unassigned',
    'emergency-access',
    'next-tokencode',
    'new-pin',
    'drifting',
    'ready',
  ])
  .meta({ id: 'TokenCondition' })

/** Half-widths of the acceptance windows: seconds either way for time tokens, counters ahead for HOTP. */
export const tokenWindows = z
  .object({ small: z.int().min(1).max(43_200), medium: z.int().min(1).max(43_200), large: z.int().min(1).max(43_200) })
  .meta({ id: 'TokenWindows' })

/** A token in a list. */
export const tokenSummary = z
  .object({
    id,
    serial: z.string(),
    kind: tokenKind,
    formFactor,
    algorithm: tokencodeAlgorithm,
    digits: z.int(),
    intervalSeconds: z.int().describe('Seconds a code is shown; 0 for HOTP'),
    passcodeStyle,
    condition: tokenCondition,
    enabled: z.boolean(),
    lost: z.boolean(),
    startsAt: instant.nullable(),
    expiresAt: instant.nullable(),
    hasPin: z.boolean(),
    newPinRequired: z.boolean(),
    nextTokencodeDue: z
      .boolean()
      .describe('The next good code will be followed by the question for the next tokencode'),
    hasEmergencyAccess: z.boolean(),
    redistributionPending: z.boolean().describe('A new copy was handed out and not used yet; both work'),
    lastAcceptedAt: instant.nullable(),
    leavesWindowAt: instant.nullable().describe('Forecast; null = not in sight'),
    clockOffsetMs: z.number().nullable().describe('+ = ahead of the server; null = never measured, or HOTP'),
    owner: userReference.nullable(),
    securityDomain: domainReference,
    nickname: z.string(),
    version: z.int(),
  })
  .meta({ id: 'TokenSummary' })

/** What is believed of the token's clock, and how sure that is. */
export const tokenClock = z
  .object({
    offsetMs: z.number().describe('Believed at this moment; + = ahead'),
    ratePpm: z.number().describe('+ = fast; 1 ppm = 86.4 ms a day'),
    rateProven: z.boolean(),
    uncertaintyMs: z.number().nonnegative().describe('One standard deviation of the offset'),
    measuredAt: instant.nullable(),
    measurements: z.int(),
    health: z.enum(['good', 'watch', 'poor', 'unknown']).describe('How much of the small window the doubt takes up'),
  })
  .meta({ id: 'TokenClock' })

/** Where a code would be looked for now. */
export const windowsNow = z
  .object({
    unit: z.enum(['seconds', 'counters']),
    centreOffset: z.number().describe('Seconds the window is shifted from the server clock'),
    small: z.number(),
    medium: z.number(),
    large: z.number(),
  })
  .meta({ id: 'WindowsNow' })

/** When the token will leave its silent window if it is used every so many days (null = not at all). */
export const tokenForecast = z
  .object({
    everyDays: z.number().nullable(),
    leavesWindowAt: instant.nullable(),
    widestMs: z.number(),
    neverSeen: z.boolean(),
  })
  .meta({ id: 'TokenForecast' })

export const tokenDistribution = z
  .object({
    method: z.enum(['sdtid', 'ctf', 'otpauth']),
    at: instant,
    count: z.int(),
    deviceId: z.string(),
    nickname: z.string(),
  })
  .meta({ id: 'TokenDistribution' })

/** A token's own page. */
export const tokenDetails = tokenSummary
  .extend({
    t0Seconds: z.int(),
    notes: z.string(),
    origin: z.string(),
    importedAt: instant,
    assignedAt: instant.nullable(),
    windows: tokenWindows,
    windowsNow,
    clock: tokenClock.nullable().describe('null for HOTP'),
    counter: z.string().nullable().describe('HOTP: the next counter expected, as decimal text (64 bits)'),
    forecasts: z.array(tokenForecast),
    nextTokencode: z
      .object({ due: z.boolean(), badTokencodeCount: z.int(), limit: z.int().nullable() })
      .describe('Next tokencode mode: due once the count reaches the limit; null = never for this reason'),
    pin: z.object({ setAt: instant, expiresAt: instant.nullable() }).nullable(),
    newPinWaiting: z.boolean().describe('A new PIN was confirmed and ends new PIN mode with its first use'),
    distribution: tokenDistribution.nullable(),
    replacedBy: tokenReference.nullable(),
    replaces: tokenReference.nullable(),
  })
  .meta({ id: 'TokenDetails' })

/** One accepted or judged code as the audit trace recorded it. */
export const driftPoint = z
  .object({
    at: instant,
    clockOffMs: z.number(),
    stepsOff: z.int().nullable().describe('From the middle of the window; + = ahead'),
    window: z.enum(['small', 'medium', 'large']).nullable(),
    outcome: z.enum(['success', 'failure', 'warning']),
    reason: z.string(),
  })
  .meta({ id: 'DriftPoint' })

export type TokenKind = z.infer<typeof tokenKind>
export type FormFactor = z.infer<typeof formFactor>
export type PasscodeStyle = z.infer<typeof passcodeStyle>
export type TokenCondition = z.infer<typeof tokenCondition>
export type TokenSummary = z.infer<typeof tokenSummary>
export type TokenDetails = z.infer<typeof tokenDetails>
export type TokenClock = z.infer<typeof tokenClock>
export type WindowsNow = z.infer<typeof windowsNow>
export type TokenForecast = z.infer<typeof tokenForecast>
export type DriftPoint = z.infer<typeof driftPoint>
