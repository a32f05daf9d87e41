import { z } from 'zod'
import { formFactor, passcodeStyle, tokenKind } from '../tokens/token.ts'
import { pinRequirements } from '../session/question.ts'
import { id, instant } from '../values.ts'

/** A token as its user sees it: no windows, no counts, nothing that would help to guess. */
export const myToken = z
  .object({
    id,
    serial: z.string(),
    kind: tokenKind,
    formFactor,
    digits: z.int(),
    intervalSeconds: z.int(),
    passcodeStyle,
    nickname: z.string(),
    condition: z.enum(['lost', 'expired', 'not-started', 'disabled', 'emergency-access', 'new-pin', 'ready']),
    expiresAt: instant.nullable(),
    expiresSoon: z.boolean(),
    lastAcceptedAt: instant.nullable(),
    clockHealth: z.enum(['good', 'watch', 'poor', 'unknown']),
    hasPin: z.boolean(),
    pinRules: pinRequirements.nullable().describe('null = used without a PIN'),
    emergency: z
      .object({
        method: z.enum(['one-time-set', 'temporary-fixed']),
        codesLeft: z.int().nullable(),
        expiresAt: instant.nullable(),
        pinNeeded: z.boolean(),
      })
      .nullable(),
    may: z
      .object({
        enable: z.boolean(),
        changePin: z.boolean(),
        forgotPin: z.boolean(),
        temporarilyUnavailable: z.boolean(),
        permanentlyLost: z.boolean(),
        resynchronise: z.boolean(),
      })
      .describe('Which ways out the settings and the state of the token leave open'),
  })
  .meta({ id: 'MyToken' })

/** One of my log-ons: was this you? */
export const myLogOn = z
  .object({
    id,
    at: instant,
    outcome: z.enum(['success', 'failure', 'warning']),
    code: z.string().describe('Stands for `text`; tells no more than it'),
    text: z.string().describe('In the user’s words, in English'),
    through: z.string().describe('The agent, client or console'),
    clientAddress: z.string().nullable(),
    tokenSerial: z.string().nullable(),
  })
  .meta({ id: 'MyLogOn' })

/** Shown once; the export file is made of it in the browser. */
export const myEmergencyCodes = z
  .object({
    tokenSerial: z.string(),
    method: z.enum(['one-time-set', 'temporary-fixed']),
    codes: z.array(z.string()),
    expiresAt: instant.nullable(),
    pinNeeded: z.boolean(),
    ifTokenBecomesAvailable: z.enum(['deny', 'allow-and-disable-emergency', 'allow-after-expiry']),
    fileName: z.string(),
    fileText: z.string().describe('Export to File: what they are, for which token, until when, how to use them'),
  })
  .meta({ id: 'MyEmergencyCodes' })

export const language = z.enum(['en', 'de']).meta({ id: 'Language' })

export type MyToken = z.infer<typeof myToken>
export type MyLogOn = z.infer<typeof myLogOn>
export type MyEmergencyCodes = z.infer<typeof myEmergencyCodes>
export type Language = z.infer<typeof language>
