import { AgentClient } from '@driftlock/agent-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AgentInstance, codeOf, passcodeOf, startAgentInstance } from './testing/agent-instance.ts'

/** Nothing listens there. */
const DEAD = 'http://127.0.0.1:9/mfa/v1_1'

let server: AgentInstance
let client: AgentClient

beforeAll(async () => {
  server = await startAgentInstance()
  client = new AgentClient({ ...server, urls: [DEAD, server.url] })
})
afterAll(() => server.close())

describe('the agent client', () => {
  it('logs a user on in one call, past a manager that does not answer', async () => {
    const holder = await server.addHolder('direct')
    expect((await client.begin('direct', { passcode: passcodeOf(holder) })).step).toMatchObject({ state: 'accepted' })
    expect((await client.begin('direct', { passcode: '0000000000' })).step).toEqual({ state: 'denied' })
  })

  it('walks a user through a new PIN', async () => {
    const holder = await server.addHolder('new-here', { pin: '' })
    const asked: string[] = []
    const answers = [codeOf(holder, -1), '8305', `8305${codeOf(holder)}`]
    const outcome = await client.logOn('new-here', async ({ kind, askTwice, minLength }) => {
      asked.push(`${kind} ${askTwice} ${minLength}`)
      return answers.shift()
    })
    expect(outcome).toBe('accepted')
    expect(asked).toEqual(['passcode false null', 'new-pin true 4', 'passcode false null'])
  })

  it('says that an answer was wrong, and denies a user who gives up', async () => {
    await server.addHolder('gives-up')
    const heard: boolean[] = []
    const outcome = await client.logOn('gives-up', async ({ previousAnswerWrong }) => {
      heard.push(previousAnswerWrong)
      return heard.length === 1 ? '00000000' : undefined
    })
    expect([outcome, heard]).toEqual(['denied', [false, true]])
  })

  it('tells technical causes from a denial', async () => {
    const dead = new AgentClient({ ...server, urls: [DEAD] })
    await expect(dead.begin('anybody')).rejects.toMatchObject({ code: 'MANAGERS_UNREACHABLE' })
    const stranger = new AgentClient({ ...server, urls: [server.url], clientKey: 'wrong' })
    await expect(stranger.begin('anybody')).rejects.toMatchObject({ code: 'CLIENT_NOT_AUTHORIZED' })
    const dialogue = await client.begin('anybody')
    await dialogue.cancel()
    await expect(dialogue.answer('0')).rejects.toMatchObject({ code: 'ATTEMPT_DEAD', reasonCode: 'OUT_OF_SEQUENCE' })
  })
})
