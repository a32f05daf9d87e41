import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type AgentInstance,
  HandDialogue,
  initializeMessage,
  oneStep,
  outline,
  passcodeOf,
  startAgentInstance,
} from './testing/agent-instance.ts'

let server: AgentInstance

beforeAll(async () => {
  server = await startAgentInstance()
})
afterAll(() => server.close())

const OUT_OF_SEQUENCE = { attemptResponseCode: 'ERROR', attemptReasonCode: 'OUT_OF_SEQUENCE' }

describe('the chain of messages', () => {
  it('refuses a message that was answered already, and goes on with the newest', async () => {
    const holder = await server.addHolder('chain')
    const dialogue = await HandDialogue.begin(server, 'chain')
    const stale = dialogue.message('SECURID', '00000000')
    await dialogue.answer('SECURID', '00000000')
    expect((await server.call('verify', stale)).body).toMatchObject(OUT_OF_SEQUENCE)
    expect(outline(await dialogue.answer('SECURID', passcodeOf(holder)))).toBe('SUCCESS SECURID=SUCCESS')
    expect((await server.call('verify', stale)).body).toMatchObject(OUT_OF_SEQUENCE)
  })

  it('gives one of two racing calls an answer', async () => {
    const holder = await server.addHolder('race')
    const dialogue = await HandDialogue.begin(server, 'race')
    const message = dialogue.message('SECURID', passcodeOf(holder))
    const bodies = await Promise.all([server.call('verify', message), server.call('verify', message)])
    const reasons = bodies.map(({ body }) => (body as { attemptReasonCode: string }).attemptReasonCode)
    expect(reasons.toSorted()).toEqual(['CREDENTIAL_VERIFIED', 'OUT_OF_SEQUENCE'])
  })

  it('refuses a message of another attempt', async () => {
    const one = await HandDialogue.begin(server, 'anybody')
    const two = await HandDialogue.begin(server, 'anybody')
    const mixed = one.message('SECURID', '00000000')
    mixed.context.inResponseTo = two.last.context.messageId
    expect((await server.call('verify', mixed)).body).toMatchObject(OUT_OF_SEQUENCE)
  })

  it('takes nothing any more once the attempt was cancelled', async () => {
    const holder = await server.addHolder('cancelled')
    const dialogue = await HandDialogue.begin(server, 'cancelled')
    const { authnAttemptId } = dialogue.last.context
    const { body } = await server.call('cancel', { authnAttemptId, reason: 'USER_ACTION', removeAttemptId: true })
    expect(body).toMatchObject({ attemptResponseCode: 'FAIL', attemptReasonCode: 'ATTEMPT_CANCELLED' })
    const { body: late } = await server.call('verify', dialogue.message('SECURID', passcodeOf(holder)))
    expect(late).toMatchObject(OUT_OF_SEQUENCE)
  })

  it('takes nothing any more after the time-out of the attempt', async () => {
    const holder = await server.addHolder('slow')
    const dialogue = await HandDialogue.begin(server, 'slow', { authnAttemptTimeout: 1 })
    await new Promise((resolve) => setTimeout(resolve, 1100))
    const { body } = await server.call('verify', dialogue.message('SECURID', passcodeOf(holder)))
    expect(body).toMatchObject({ attemptResponseCode: 'ERROR', attemptReasonCode: 'ATTEMPT_EXPIRED' })
  })

  it('refuses the answer of a method that was not asked for, and the question stands', async () => {
    const holder = await server.addHolder('other-method')
    const dialogue = await HandDialogue.begin(server, 'other-method')
    const { body } = await server.call('verify', dialogue.message('SECURID_NEXT_TOKENCODE', '123456'))
    expect(body).toMatchObject({ attemptResponseCode: 'ERROR', attemptReasonCode: 'METHOD_NOT_EXPECTED' })
    expect(outline(await dialogue.answer('SECURID', passcodeOf(holder)))).toBe('SUCCESS SECURID=SUCCESS')
  })
})

describe('clients', () => {
  it.each([
    ['without a key', { 'client-key': '' }, {}],
    ['with another key', { 'client-key': 'a'.repeat(64) }, {}],
    ['under another client id', {}, { clientId: 'other.example' }],
  ])('are refused %s, without detail', async (_, headers, more) => {
    const { status, body } = await server.call('initialize', initializeMessage(server, 'anybody', more), headers)
    expect(status).toBe(401)
    expect(body).toMatchObject({ attemptResponseCode: 'ERROR', attemptReasonCode: 'CLIENT_NOT_AUTHORIZED' })
  })

  it.each([
    ['a subject name is missing', { subjectName: undefined }, /^subjectName: /],
    ['a message id is missing', { context: {} }, /^context\.messageId: /],
    [
      'two of three exclusive fields are given',
      { assuranceLevel: 'LOW', authMethodId: 'SECURID' },
      /^assurancePolicyId: /,
    ],
    ['the time-out is no number', { authnAttemptTimeout: 'long' }, /^authnAttemptTimeout: /],
  ])('are told what is wrong with a message: %s', async (_, more, message) => {
    const { status, body } = await server.call('initialize', initializeMessage(server, 'anybody', more))
    expect(status).toBe(400)
    expect(body).toMatchObject({ attemptReasonCode: 'INVALID_REQUEST', message: expect.stringMatching(message) })
  })

  it.each([
    ['a time-out beyond ten minutes', { authnAttemptTimeout: 601 }, 'TIMEOUT_TOO_LARGE'],
    ['a method that is not offered', { authMethodId: 'APPROVE' }, 'METHOD_NOT_SUPPORTED'],
  ])('are refused %s', async (_, more, attemptReasonCode) => {
    const { body } = await server.call('initialize', initializeMessage(server, 'anybody', more))
    expect(body).toMatchObject({ attemptResponseCode: 'ERROR', attemptReasonCode })
  })

  it('may send null for what they leave out, and name no agent', async () => {
    const nothing = { clientId: null, tenantId: null, sessionAttributes: null, subjectCredentials: null }
    const { status, body } = await server.call('initialize', initializeMessage(server, 'anybody', nothing))
    expect([status, (body as { attemptResponseCode: string }).attemptResponseCode]).toEqual([200, 'CHALLENGE'])
  })

  it('never hear of an attempt that is not theirs or not ours', async () => {
    const { body } = await server.call('status', { authnAttemptId: randomUUID() })
    expect(body).toMatchObject({
      attemptResponseCode: 'ERROR',
      attemptReasonCode: 'ATTEMPT_UNKNOWN',
      subjectName: null,
    })
  })
})

describe('users who cannot log on', () => {
  it('look the same from outside: unknown, disabled, locked, and known with a wrong passcode', async () => {
    const { store } = server.instance
    for (const name of ['known', 'disabled', 'locked']) await server.addHolder(name)
    await store.administration.transaction(async (tx) => {
      const disabled = await tx.users.findByLoginName('disabled')
      if (disabled) await tx.users.update({ ...disabled, user: { ...disabled.user, enabled: false } })
      const locked = await tx.users.findByLoginName('locked')
      if (locked) {
        const guesses = { ...locked.user.guesses, lockedAt: server.instance.clock.now() }
        await tx.users.updateGuesses(locked.user.id, locked.user.version, guesses)
      }
    })
    const seen = await Promise.all(
      ['known', 'disabled', 'locked', 'nobody-at-all'].map(async (name) => {
        const first = await HandDialogue.begin(server, name, oneStep('9999999999'))
        const dialogue = await HandDialogue.begin(server, name)
        const second = await dialogue.answer('SECURID', '9999999998')
        return JSON.stringify([first.last, second]).replaceAll(/"(authnAttemptId|messageId|inResponseTo)":"[^"]*"/g, '')
      }),
    )
    expect(new Set(seen).size).toBe(1)
  })
})
