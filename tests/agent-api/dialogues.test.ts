import { randomUUID } from 'node:crypto'
import { updateAgent } from '@driftlock/application'
import type { AuthnResponse } from '@driftlock/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type AgentInstance,
  codeOf,
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

const ASKS = 'CHALLENGE asks SECURID|EMERGENCY_TOKENCODE'
const AGAIN = 'CHALLENGE SECURID=FAIL asks SECURID|EMERGENCY_TOKENCODE'

describe('the flows of the SecurID Authentication API (authentication-manager §9.2)', () => {
  it('lets a user in by two steps', async () => {
    const holder = await server.addHolder('two-steps')
    const dialogue = await HandDialogue.begin(server, 'two-steps')
    expect(outline(dialogue.last)).toBe(ASKS)
    expect(dialogue.last.attemptReasonCode).toBe('AUTHENTICATION_REQUIRED')
    expect(outline(await dialogue.answer('SECURID', passcodeOf(holder)))).toBe('SUCCESS SECURID=SUCCESS')
    expect(dialogue.last.attemptReasonCode).toBe('CREDENTIAL_VERIFIED')
  })

  it('lets a user in by one step, and refuses a wrong passcode at once', async () => {
    const holder = await server.addHolder('one-step')
    const refused = await HandDialogue.begin(server, 'one-step', oneStep('0000000000'))
    expect(outline(refused.last)).toBe('FAIL SECURID=FAIL')
    expect(refused.last.attemptReasonCode).toBe('VERIFY_ERROR')
    const accepted = await HandDialogue.begin(server, 'one-step', oneStep(passcodeOf(holder)))
    expect(outline(accepted.last)).toBe('SUCCESS SECURID=SUCCESS')
  })

  it('answers with every field of a response', async () => {
    const messageId = randomUUID()
    const { body } = await server.call('initialize', {
      ...initializeMessage(server, 'anybody'),
      context: { authnAttemptId: '', messageId, inResponseTo: '' },
    })
    expect(body).toEqual({
      context: { authnAttemptId: expect.any(String), messageId: expect.any(String), inResponseTo: messageId },
      credentialValidationResults: [],
      attemptResponseCode: 'CHALLENGE',
      attemptReasonCode: 'AUTHENTICATION_REQUIRED',
      challengeMethods: { challenges: [expect.anything(), expect.anything()] },
    })
    expect(body).toMatchObject({
      challengeMethods: {
        challenges: [
          {
            methodSetId: null,
            requiredMethods: [
              {
                methodId: 'SECURID',
                displayName: null,
                priority: null,
                versions: [
                  {
                    versionId: '1.0.0',
                    methodAttributes: [],
                    valueRequired: true,
                    referenceId: null,
                    prompt: {
                      promptResourceId: 'SecurID.Resource.Prompt.Passcode',
                      defaultText: 'Enter passcode:',
                      formatRegex: null,
                      defaultValue: null,
                      valueBeingDefined: false,
                      sensitive: true,
                      minLength: null,
                      maxLength: null,
                      promptArgs: [],
                    },
                  },
                ],
              },
            ],
          },
          {},
        ],
      },
    })
  })

  it('asks for the next tokencode with method SUCCESS, and lets the user in by it', async () => {
    const holder = await server.addHolder('next-code', { badTokencodeCount: 3 })
    const dialogue = await HandDialogue.begin(server, 'next-code')
    expect(outline(await dialogue.answer('SECURID', passcodeOf(holder, -2)))).toBe(
      'CHALLENGE SECURID=SUCCESS asks SECURID_NEXT_TOKENCODE',
    )
    expect(dialogue.last.challengeMethods?.challenges[0]?.requiredMethods[0]?.versions[0]?.prompt).toMatchObject({
      promptResourceId: 'SecurID.Resource.Prompt.Next.Tokencode',
      defaultText: 'Enter next token code:',
      sensitive: true,
    })
    expect(outline(await dialogue.answer('SECURID_NEXT_TOKENCODE', codeOf(holder, -1)))).toBe(
      'SUCCESS SECURID_NEXT_TOKENCODE=SUCCESS',
    )
  })

  it('asks for a passcode again with method FAIL, and ends the attempt with the third wrong one', async () => {
    const holder = await server.addHolder('mistyped')
    const dialogue = await HandDialogue.begin(server, 'mistyped')
    expect(outline(await dialogue.answer('SECURID', '48370000'))).toBe(AGAIN)
    expect(outline(await dialogue.answer('SECURID', passcodeOf(holder)))).toBe('SUCCESS SECURID=SUCCESS')
    const hopeless = await HandDialogue.begin(server, 'mistyped')
    expect(outline(await hopeless.answer('SECURID', '11110000'))).toBe(AGAIN)
    expect(outline(await hopeless.answer('SECURID', '22220000'))).toBe(AGAIN)
    expect(outline(await hopeless.answer('SECURID', '33330000'))).toBe('FAIL SECURID=FAIL')
  })

  it.each(['SECURID_NEWPIN', 'SECURID_NEW_PIN'])(
    'sets a PIN of the user, who authenticates anew (%s)',
    async (method) => {
      const name = `new-pin-${method.length}`
      const holder = await server.addHolder(name, { pin: '' })
      const dialogue = await HandDialogue.begin(server, name)
      expect(outline(await dialogue.answer('SECURID', codeOf(holder, -1)))).toBe(
        'CHALLENGE SECURID=SUCCESS asks SECURID_NEWPIN',
      )
      expect(dialogue.last.challengeMethods?.challenges[0]?.requiredMethods[0]?.versions[0]?.prompt).toMatchObject({
        valueBeingDefined: true,
        minLength: 4,
        maxLength: 8,
        formatRegex: '^[0-9]{4,8}$',
        promptArgs: ['4', '8'],
      })
      expect(outline(await dialogue.answer(method, '1234'))).toBe(`CHALLENGE ${method}=FAIL asks SECURID_NEWPIN`)
      expect(outline(await dialogue.answer(method, '8305'))).toBe(`CHALLENGE ${method}=SUCCESS asks SECURID`)
      expect(outline(await dialogue.answer('SECURID', `8305${codeOf(holder)}`))).toBe('SUCCESS SECURID=SUCCESS')
    },
  )

  it('denies a user who leaves the new PIN empty', async () => {
    const holder = await server.addHolder('no-pin-wanted', { pin: '' })
    const dialogue = await HandDialogue.begin(server, 'no-pin-wanted')
    await dialogue.answer('SECURID', codeOf(holder))
    expect(outline(await dialogue.answer('SECURID_NEWPIN', ''))).toBe('FAIL SECURID_NEWPIN=FAIL')
  })

  it('keeps what an attempt came to until it is asked for, where the client says so', async () => {
    const holder = await server.addHolder('kept')
    const sessionAttributes = [{ name: 'resource', value: 'vpn', dataType: 'STRING' }]
    const dialogue = await HandDialogue.begin(server, 'kept', {
      keepAttempt: true,
      assurancePolicyId: 'vpn-policy',
      sessionAttributes,
    })
    const authnAttemptId = dialogue.last.context.authnAttemptId
    expect((await server.call('status', { authnAttemptId })).body).toMatchObject({ attemptResponseCode: 'CHALLENGE' })
    await dialogue.answer('SECURID', passcodeOf(holder))
    expect((await server.call('status', { authnAttemptId, removeAttemptId: true })).body).toEqual({
      attemptResponseCode: 'SUCCESS',
      attemptReasonCode: 'CREDENTIAL_VERIFIED',
      subjectName: 'kept',
      authnPolicyId: 'vpn-policy',
      sessionAttributes,
      successfulMethods: ['SECURID'],
      attemptExpires: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    })
    expect((await server.call('status', { authnAttemptId })).body).toMatchObject({
      attemptReasonCode: 'ATTEMPT_UNKNOWN',
    })
  })

  it('hands out the texts of the prompts', async () => {
    const response = await fetch(
      `${server.url}/authn/resources?lang=en_US&resourceId=SecurID.Resource.Prompt.Passcode`,
      {
        headers: { 'client-key': server.clientKey },
      },
    )
    expect(await response.json()).toEqual([
      { name: 'SecurID.Resource.Prompt.Passcode', value: 'Enter passcode:', dataType: 'STRING' },
    ])
  })
})

const textOf = ({ challengeMethods }: AuthnResponse) =>
  challengeMethods?.challenges[0]?.requiredMethods[0]?.versions[0]?.prompt?.defaultText

describe('an agent whose users read German', () => {
  it.each(['de', 'de_DE', 'DE-at'])('is answered in it where it asks for %s, in every question', async (lang) => {
    const holder = await server.addHolder(`german-${lang}`, { pin: '' })
    const dialogue = await HandDialogue.begin(server, holder.username, { lang })
    expect(textOf(dialogue.last)).toBe('Passcode eingeben:')
    expect(textOf(await dialogue.answer('SECURID', '00000000'))).toBe('Passcode eingeben:')
    expect(textOf(await dialogue.answer('SECURID', codeOf(holder, -1)))).toBe('Neue PIN aus 4 bis 8 Ziffern eingeben:')
    expect(textOf(await dialogue.answer('SECURID_NEWPIN', '1'))).toBe(
      'Die PIN ist zu kurz. Neue PIN aus 4 bis 8 Ziffern eingeben:',
    )
    expect(textOf(await dialogue.answer('SECURID_NEWPIN', '8305'))).toMatch(/^PIN angenommen\. Warten Sie/)
  })

  it('is answered in it whatever it asks for, where its record says so', async () => {
    const { administration } = server.instance
    const context = { authority: { type: 'command' }, actor: { type: 'command', id: '0', name: 'test' } } as const
    await updateAgent(administration, context, { agent: server.clientId, language: 'de' })
    try {
      const begin = async () => textOf((await HandDialogue.begin(server, 'anybody', { lang: 'en_US' })).last)
      await expect.poll(begin, { timeout: 5000 }).toBe('Passcode eingeben:')
      const resources = await fetch(`${server.url}/authn/resources?lang=en_US`, {
        headers: { 'client-key': server.clientKey },
      })
      expect(JSON.stringify(await resources.json())).toContain('Notfall-Tokencode')
    } finally {
      await updateAgent(administration, context, { agent: server.clientId, language: null })
    }
    const english = async () => textOf((await HandDialogue.begin(server, 'anybody')).last)
    await expect.poll(english, { timeout: 5000 }).toBe('Enter passcode:')
  })
})

describe('a PIN that the system makes', () => {
  it('is shown once, accepted with y, and used with the next code', async () => {
    const system = await startAgentInstance()
    try {
      const pin = { creation: 'system', minLength: 4, maxLength: 8, characters: 'digits' } as const
      const rest = { minLetters: 0, minDigits: 0, excludedWords: [], refuseTrivial: true, historyCount: 3 }
      await system.setTokenPolicy({ pin: { ...pin, ...rest, minAgeSeconds: 0, maxAgeSeconds: null } })
      const holder = await system.addHolder('system-pin', { pin: '' })
      const dialogue = await HandDialogue.begin(system, 'system-pin')
      expect(outline(await dialogue.answer('SECURID', codeOf(holder, -1)))).toBe(
        'CHALLENGE SECURID=SUCCESS asks SECURID_SYSTEM_GENERATED_PIN',
      )
      const prompt = dialogue.last.challengeMethods?.challenges[0]?.requiredMethods[0]?.versions[0]?.prompt
      const made = prompt?.promptArgs[0] ?? ''
      expect(made).toMatch(/^\d{4,8}$/)
      expect(outline(await dialogue.answer('SECURID_SYSTEM_GENERATED_PIN', 'y'))).toBe(
        'CHALLENGE SECURID_SYSTEM_GENERATED_PIN=SUCCESS asks SECURID',
      )
      expect(outline(await dialogue.answer('SECURID', `${made}${codeOf(holder)}`))).toBe('SUCCESS SECURID=SUCCESS')
    } finally {
      await system.close()
    }
  })
})
