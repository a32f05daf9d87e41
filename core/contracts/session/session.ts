import { z } from 'zod'
import { heldPermission, roleAssignment } from '../administrators/administrator.ts'
import { ANY_ADMINISTRATOR, endpoint, PUBLIC } from '../endpoint.ts'
import { instant, nothing, secret, text, userReference } from '../values.ts'
import { answerQuestion, logOnAnswer } from './question.ts'

/** Who is logged on to the Security Console and what they may do; buttons are shown by `held`. */
export const administratorSession = z
  .object({
    user: userReference,
    assignments: z.array(roleAssignment),
    held: z.array(heldPermission),
    startedAt: instant,
    idleUntil: instant.describe('Ends then unless something is asked before'),
    endsAt: instant,
    hasToken: z.boolean().describe('False = logged on with a set-up code: assign yourself a token before logging off'),
    mustChangePassword: z.boolean(),
    via: z.enum(['session', 'api-key']),
    instance: z.string(),
    version: z.string(),
    serverTime: instant,
  })
  .meta({ id: 'AdministratorSession' })

const administratorLogOnAnswer = logOnAnswer(administratorSession).meta({ id: 'AdministratorLogOnAnswer' })
const path = '/api/v1/session'

export const sessionEndpoints = {
  logOn: endpoint({
    method: 'POST',
    path,
    summary: 'Log on with password and passcode; sets the session cookie',
    access: PUBLIC,
    body: z.object({ username: text(255), password: secret, passcode: secret }),
    response: administratorLogOnAnswer,
  }),
  answerLogOn: endpoint({
    method: 'POST',
    path: `${path}/answer`,
    summary: 'Answer a question inside a log-on',
    access: PUBLIC,
    body: answerQuestion.extend({ username: text(255) }),
    response: administratorLogOnAnswer,
  }),
  setUp: endpoint({
    method: 'POST',
    path: `${path}/set-up`,
    summary: 'First log-on: the one-time set-up code sets the password',
    access: PUBLIC,
    body: z.object({ username: text(255), setupCode: secret, newPassword: secret }),
    response: administratorLogOnAnswer,
  }),
  getSession: endpoint({
    method: 'GET',
    path,
    summary: 'Who is logged on',
    access: ANY_ADMINISTRATOR,
    response: administratorSession,
  }),
  changePassword: endpoint({
    method: 'PUT',
    path: `${path}/password`,
    summary: 'Change your own password; ends your other sessions',
    access: ANY_ADMINISTRATOR,
    status: 204,
    body: z.object({ password: secret, newPassword: secret }),
    response: nothing,
  }),
  logOff: endpoint({
    method: 'DELETE',
    path,
    summary: 'Log off',
    access: ANY_ADMINISTRATOR,
    status: 204,
    response: nothing,
  }),
  revokeAllSessions: endpoint({
    method: 'DELETE',
    path: `${path}/all`,
    summary: 'End all your sessions everywhere',
    access: ANY_ADMINISTRATOR,
    status: 204,
    response: nothing,
  }),
} as const

export type AdministratorSession = z.infer<typeof administratorSession>
export type AdministratorLogOnAnswer = z.infer<typeof administratorLogOnAnswer>
