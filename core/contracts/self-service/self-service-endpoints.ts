import { z } from 'zod'
import { endpoint, OWNER, PUBLIC } from '../endpoint.ts'
import { pageOf, pageQuery } from '../paging/page.ts'
import { answerQuestion, logOnAnswer } from '../session/question.ts'
import { id, instant, nothing, secret, text, userReference, worded } from '../values.ts'
import { language, myEmergencyCodes, myLogOn, myToken } from './my-token.ts'

const BASE = '/api/v1/self-service'
const TOKEN = `${BASE}/tokens/{tokenId}`
const tag = 'self-service'
const tokenId = z.object({ tokenId: id })

/** What the log-on page shows before anybody is known. */
export const welcome = z
  .object({
    logOn: z.object({ shown: z.boolean(), password: z.boolean(), passcode: z.boolean(), emergencyCode: z.boolean() }),
    troubleshooting: z.boolean().describe('Show the troubleshooting link: an entry without log-on'),
    serverTime: instant,
  })
  .meta({ id: 'SelfServiceWelcome' })

/** `entry`: a whole log-on, or the troubleshooting entry, which opens nothing but Troubleshoot. */
export const selfServiceSession = z
  .object({
    user: userReference,
    entry: z.enum(['log-on', 'troubleshooting']),
    language: language,
    idleUntil: instant,
    endsAt: instant,
    serverTime: instant,
  })
  .meta({ id: 'SelfServiceSession' })

const selfServiceLogOnAnswer = logOnAnswer(selfServiceSession).meta({ id: 'SelfServiceLogOnAnswer' })

/** Neutral, with causes and the next step; never raw. */
export const myResynchronisation = z
  .object({
    outcome: z.enum(['resynchronised', 'refused']),
    reason: z.string(),
    text: z.string(),
    possibleCauses: z.array(worded).describe('The causes of seed 000'),
  })
  .meta({ id: 'MyResynchronisation' })

export const testAnswer = z
  .object({
    outcome: z.enum(['accept', 'reject', 'question']),
    text: z.string(),
    continuation: z.string().nullable(),
    question: z.unknown().describe('A Question where outcome is `question`'),
  })
  .meta({ id: 'TestAnswer' })

/** A wrong present PIN counts against the lockout; a new PIN that breaks a rule is a problem, PIN_REFUSED. */
export const changedPin = z
  .object({ outcome: z.enum(['changed', 'refused']), text: z.string(), token: myToken })
  .meta({ id: 'ChangedPin' })

const username = text(255)

const entryEndpoints = {
  getWelcome: endpoint({
    method: 'GET',
    path: `${BASE}/welcome`,
    summary: 'What the log-on page offers',
    access: PUBLIC,
    response: welcome,
  }),
  logOnSelfService: endpoint({
    method: 'POST',
    path: `${BASE}/session`,
    summary: 'Log on by password or passcode (an emergency code stands in for the tokencode)',
    access: PUBLIC,
    body: z.object({ username, method: z.enum(['password', 'passcode']), secret }),
    response: selfServiceLogOnAnswer,
  }),
  answerSelfServiceLogOn: endpoint({
    method: 'POST',
    path: `${BASE}/session/answer`,
    summary: 'Answer a question inside a log-on',
    access: PUBLIC,
    body: answerQuestion.extend({ username }),
    response: selfServiceLogOnAnswer,
  }),
  enterTroubleshooting: endpoint({
    method: 'POST',
    path: `${BASE}/troubleshooting-session`,
    summary: 'Troubleshoot without log-on: user ID and password, with a lockout of its own',
    access: PUBLIC,
    body: z.object({ username, password: secret }),
    response: selfServiceLogOnAnswer,
  }),
  getSelfServiceSession: endpoint({
    method: 'GET',
    path: `${BASE}/session`,
    summary: 'Who is logged on',
    access: OWNER,
    response: selfServiceSession,
  }),
  logOffSelfService: endpoint({
    method: 'DELETE',
    path: `${BASE}/session`,
    summary: 'Log off',
    access: OWNER,
    status: 204,
    response: nothing,
  }),
  setMyLanguage: endpoint({
    method: 'PUT',
    path: `${BASE}/language`,
    summary: 'Change my language (for this session)',
    access: OWNER,
    status: 204,
    body: z.object({ language }),
    response: nothing,
  }),
} as const

const myTokenEndpoints = {
  listMyTokens: endpoint({
    method: 'GET',
    path: `${BASE}/tokens`,
    summary: 'My tokens',
    access: OWNER,
    response: z.object({ items: z.array(myToken) }),
  }),
  listMyLogOns: endpoint({
    method: 'GET',
    path: `${BASE}/log-ons`,
    summary: 'My log-ons, newest first: was this you?',
    access: OWNER,
    query: pageQuery,
    response: pageOf(myLogOn),
  }),
  enableMyToken: endpoint({
    method: 'POST',
    path: `${TOKEN}/enable`,
    summary: 'Enable a token that I received',
    access: OWNER,
    params: tokenId,
    body: z.object({ enableCode: text(64).describe('Sent apart from the token') }),
    response: myToken,
  }),
  changeMyPin: endpoint({
    method: 'POST',
    path: `${TOKEN}/change-pin`,
    summary: 'Change my PIN: the present one (null = none yet) and the new one twice',
    access: OWNER,
    params: tokenId,
    body: z.object({ currentPin: secret.nullable(), newPin: secret, confirmPin: secret }),
    response: changedPin,
  }),
  forgotMyPin: endpoint({
    method: 'POST',
    path: `${TOKEN}/forgot-pin`,
    summary: 'I forgot my PIN: set a new one',
    access: OWNER,
    params: tokenId,
    body: z.object({ newPin: secret, confirmPin: secret }),
    response: changedPin,
  }),
  resynchroniseMyToken: endpoint({
    method: 'POST',
    path: `${TOKEN}/resynchronise`,
    summary: 'Resynchronize Token: two successive tokencodes (seed 000)',
    access: OWNER,
    params: tokenId,
    body: z.object({ first: text(16), second: text(16) }),
    response: myResynchronisation,
  }),
  getMyEmergencyCodes: endpoint({
    method: 'POST',
    path: `${TOKEN}/emergency-codes`,
    summary: 'Place my token in emergency access mode; the codes are shown once and valid at once (seed 002)',
    access: OWNER,
    params: tokenId,
    body: z.object({ because: z.enum(['temporarily-unavailable', 'permanently-lost']) }),
    response: myEmergencyCodes,
  }),
  testMyLogOn: endpoint({
    method: 'POST',
    path: `${BASE}/test`,
    summary: 'Test authentication: a real log-on with a passcode or emergency code, which it uses up',
    access: OWNER,
    body: z.discriminatedUnion('type', [
      z.object({ type: z.literal('passcode'), passcode: secret }),
      answerQuestion.extend({ type: z.literal('answer') }),
    ]),
    response: testAnswer,
  }),
} as const

type Tagged<T> = { readonly [K in keyof T]: T[K] & { readonly tag: string } }

function tagged<T extends Readonly<Record<string, object>>>(endpoints: T): Tagged<T> {
  const entries = Object.entries(endpoints).map(([name, one]) => [name, { ...one, tag }])
  return Object.fromEntries(entries) as Tagged<T> // the same names, each with the tag set
}

export const selfServiceEndpoints = tagged({ ...entryEndpoints, ...myTokenEndpoints })

export type SelfServiceWelcome = z.infer<typeof welcome>
export type SelfServiceSession = z.infer<typeof selfServiceSession>
export type SelfServiceLogOnAnswer = z.infer<typeof selfServiceLogOnAnswer>
export type MyResynchronisation = z.infer<typeof myResynchronisation>
export type ChangedPin = z.infer<typeof changedPin>
export type TestAnswer = z.infer<typeof testAnswer>
