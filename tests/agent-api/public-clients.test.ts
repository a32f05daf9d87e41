import { randomUUID } from 'node:crypto'
import type { AuthnResponse } from '@driftlock/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AgentInstance, codeOf, passcodeOf, startAgentInstance } from './testing/agent-instance.ts'

// What the public clients of authentication-manager §9.2 send and what they read of an answer: docs/reference/agent-clients.md.

let server: AgentInstance

beforeAll(async () => {
  server = await startAgentInstance()
})
afterAll(() => server.close())

/** @returns the answer as a program reads it that takes no status but 200. */
async function post(call: string, message: unknown, path = `/mfa/v1_1/authn/${call}`): Promise<AuthnResponse> {
  const response = await fetch(new URL(server.url).origin + path, {
    method: 'POST',
    headers: {
      'client-key': server.clientKey,
      'content-type': 'application/json; charset=utf-8',
      accept: 'application/json',
      'x-access-id': 'w'.repeat(64),
    },
    body: JSON.stringify(message),
  })
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toMatch(/^application\/json/)
  return (await response.json()) as AuthnResponse // read field by field below
}

const input = (methodId: string, value: string, more: object = {}) => [
  { methodId, ...more, collectedInputs: [{ name: methodId, value, dataType: 'STRING' }] },
]

function next({ context }: AuthnResponse) {
  const { authnAttemptId, messageId: inResponseTo } = context
  return { authnAttemptId, messageId: randomUUID(), inResponseTo }
}

const firstMethod = ({ challengeMethods }: AuthnResponse) => challengeMethods?.challenges[0]?.requiredMethods[0]

describe('the C# log-on page', () => {
  const lead = () => ({
    authnAttemptTimeout: 180,
    clientId: server.clientId,
    lang: 'en_US',
    assurancePolicyId: randomUUID(),
    sessionAttributes: [],
    keepAttempt: false,
    context: { messageId: randomUUID() },
  })
  const begin = (subjectName: string) => post('initialize', { ...lead(), subjectName, subjectCredentials: [] })
  const verify = (last: AuthnResponse, methodId: string, value: string) =>
    post('verify', { subjectCredentials: input(methodId, value, { versionId: '1.0.0' }), context: next(last) })

  it('takes whatever stands in challengeMethods for a question: there is null where nothing is asked', async () => {
    const holder = await server.addHolder('csharp')
    const last = await verify(await begin('csharp'), 'SECURID', passcodeOf(holder))
    expect([last.attemptResponseCode, last.challengeMethods]).toEqual(['SUCCESS', null])
    const denied = { ...lead(), subjectName: 'csharp', subjectCredentials: input('SECURID', '00000000') }
    const refused = await post('initialize', denied)
    expect([refused.attemptResponseCode, refused.challengeMethods]).toEqual(['FAIL', null])
  })

  it('leaves an attempt that asks for the next tokencode, and gets the question again in a new one', async () => {
    const holder = await server.addHolder('csharp-next', { badTokencodeCount: 3 })
    const subjectCredentials = input('SECURID', passcodeOf(holder, -2))
    const left = await post('initialize', { ...lead(), subjectName: 'csharp-next', subjectCredentials })
    expect([left.attemptResponseCode, left.attemptReasonCode]).toEqual(['CHALLENGE', 'AUTHENTICATION_REQUIRED'])
    const asked = await verify(await begin('csharp-next'), 'SECURID', passcodeOf(holder, -1))
    expect(firstMethod(asked)?.methodId).toBe('SECURID_NEXT_TOKENCODE')
    const last = await verify(asked, 'SECURID_NEXT_TOKENCODE', codeOf(holder))
    expect([last.attemptResponseCode, last.attemptReasonCode]).toEqual(['SUCCESS', 'CREDENTIAL_VERIFIED'])
  })
})

describe('the ForgeRock node', () => {
  const begin = (subjectName: string) =>
    post('initialize', {
      authnAttemptTimeout: 180,
      clientId: server.clientId,
      subjectName,
      lang: 'us_EN',
      assurancePolicyId: null,
      context: { messageId: randomUUID() },
    })
  const verify = (last: AuthnResponse, methodId: string, value: string) =>
    post('verify', { context: next(last), subjectCredentials: input(methodId, value) })
  /** The names it offers its user: the first method of each set, unless it is marked as not applicable. */
  const choices = (last: AuthnResponse) =>
    (last.challengeMethods?.challenges ?? []).flatMap(({ requiredMethods: [method] }) =>
      method === undefined || method.versions[0]?.methodAttributes[0]?.name === 'METHOD_NOT_APPLICABLE'
        ? []
        : [method.displayName ?? method.methodId],
    )

  it('finds one method that it knows, so that it asks for the passcode without a choice', async () => {
    const known = new Set(['RSA SecurID', 'Emergency Tokencode', 'SECURID', 'SECURID_NEWPIN', 'SECURID_NEXT_TOKENCODE'])
    const last = await begin('anybody')
    expect(choices(last).filter((name) => known.has(name))).toEqual(['SECURID'])
    expect(last.context).toEqual({
      authnAttemptId: expect.stringMatching(/./),
      messageId: expect.stringMatching(/./),
      inResponseTo: expect.stringMatching(/./),
    })
  })

  it('tells a wrong code in an open attempt from a follow-on question by the first validation result', async () => {
    const holder = await server.addHolder('forgerock', { badTokencodeCount: 3 })
    const wrong = await verify(await begin('forgerock'), 'SECURID', '48370000')
    expect([wrong.attemptResponseCode, wrong.credentialValidationResults[0]?.methodResponseCode]).toEqual([
      'CHALLENGE',
      'FAIL',
    ])
    const asked = await verify(wrong, 'SECURID', passcodeOf(holder, -2))
    expect([asked.attemptResponseCode, asked.credentialValidationResults[0]?.methodResponseCode]).toEqual([
      'CHALLENGE',
      'SUCCESS',
    ])
    expect(choices(asked)).toEqual(['SECURID_NEXT_TOKENCODE'])
    const last = await verify(asked, 'SECURID_NEXT_TOKENCODE', codeOf(holder, -1))
    expect(last.attemptResponseCode).toBe('SUCCESS')
  })
})

describe('the journey script', () => {
  it('goes by reason codes and the first method of each set, and sends inputs without a data type', async () => {
    const holder = await server.addHolder('journey', { pin: '' })
    const send = (last: AuthnResponse, methodId: string, value: string) =>
      post('verify', {
        subjectCredentials: [{ methodId, collectedInputs: [{ name: methodId, value }] }],
        context: next(last),
      })
    const { clientId } = server
    const first = await post('initialize', { clientId, subjectName: 'journey', context: { messageId: randomUUID() } })
    const code = await send(first, 'SECURID', codeOf(holder, -1))
    const pin = await send(code, 'SECURID_NEWPIN', '8305')
    const last = await send(pin, 'SECURID', `8305${codeOf(holder)}`)
    expect([first, code, pin].map((one) => [one.attemptReasonCode, firstMethod(one)?.methodId])).toEqual([
      ['AUTHENTICATION_REQUIRED', 'SECURID'],
      ['AUTHENTICATION_REQUIRED', 'SECURID_NEWPIN'],
      ['AUTHENTICATION_REQUIRED', 'SECURID'],
    ])
    expect([last.attemptResponseCode, last.attemptReasonCode]).toEqual(['SUCCESS', 'CREDENTIAL_VERIFIED'])
  })
})

describe('clients of one step', () => {
  it('are answered under the address that base and path with a slash each come to (Keycloak)', async () => {
    const holder = await server.addHolder('keycloak')
    const message = {
      clientId: server.clientId,
      subjectName: 'keycloak',
      subjectCredentials: [
        { methodId: 'SECURID', collectedInputs: [{ name: 'SECURID', value: passcodeOf(holder, -1) }] },
      ],
      context: { authnAttemptId: '', messageId: 'test5213021196242', inResponseTo: '' },
    }
    expect((await post('initialize', message)).attemptResponseCode).toBe('SUCCESS')
    const again = { ...message, subjectCredentials: input('SECURID', passcodeOf(holder)) }
    const last = await post('initialize', again, '//mfa/v1_1/authn/initialize')
    expect([last.attemptResponseCode, last.context.inResponseTo]).toEqual(['SUCCESS', 'test5213021196242'])
  })

  it('may name a policy, keep ten seconds, and say that nothing is kept (PowerShell)', async () => {
    const holder = await server.addHolder('powershell')
    const last = await post('initialize', {
      authnAttemptTimeout: 10,
      clientId: server.clientId,
      subjectName: 'powershell',
      lang: 'en_US',
      assurancePolicyId: randomUUID(),
      sessionAttributes: [],
      subjectCredentials: input('SECURID', passcodeOf(holder)),
      context: { messageId: randomUUID() },
      keepAttempt: false,
    })
    expect([last.attemptResponseCode, last.attemptReasonCode]).toEqual(['SUCCESS', 'CREDENTIAL_VERIFIED'])
  })
})

it('takes a time-out written as text, and fields of initialize in verify', async () => {
  const holder = await server.addHolder('node-service')
  const { clientId } = server
  const subjectName = 'node-service'
  const context = { messageId: randomUUID() }
  const first = await post('initialize', { authnAttemptTimeout: '180', clientId, subjectName, context })
  const subjectCredentials = input('SECURID', passcodeOf(holder))
  const last = await post('verify', { subjectName, subjectCredentials, context: next(first) })
  expect(last.attemptResponseCode).toBe('SUCCESS')
})
