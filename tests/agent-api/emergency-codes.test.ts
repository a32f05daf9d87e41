import { type AdministrationContext, proposeEmergencyAccess, saveEmergencyAccess } from '@driftlock/application'
import type { EmergencySettings } from '@driftlock/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { TokenHolder } from '../interop/testing/radius-instance.ts'
import {
  type AgentInstance,
  HandDialogue,
  oneStep,
  outline,
  passcodeOf,
  startAgentInstance,
} from './testing/agent-instance.ts'

const HELP_DESK: AdministrationContext = {
  authority: { type: 'command' },
  actor: { type: 'command', id: '0', name: 'test' },
}

let server: AgentInstance
beforeAll(async () => {
  server = await startAgentInstance()
})
afterAll(() => server.close())

const ONE_TIME = {
  method: { type: 'one-time-set', count: 2 },
  expiresAt: null,
  ifTokenBecomesAvailable: 'deny',
} as const
const FIXED = { ...ONE_TIME, method: { type: 'temporary-fixed' } } as const

async function issue({ tokenId }: TokenHolder, settings: EmergencySettings): Promise<readonly string[]> {
  const { administration } = server.instance
  const token = { token: tokenId }
  const { codes, sealedProposal } = await proposeEmergencyAccess(administration, HELP_DESK, { ...token, settings })
  await saveEmergencyAccess(administration, HELP_DESK, { ...token, sealedProposal })
  return codes
}

/** One log-on by the method a client chose. */
async function logOn(name: string, method: 'SECURID' | 'EMERGENCY_TOKENCODE', value: string): Promise<string> {
  return outline(await (await HandDialogue.begin(server, name)).answer(method, value))
}

const wrong = (method: string) => `CHALLENGE ${method}=FAIL asks SECURID|EMERGENCY_TOKENCODE`

describe('emergency codes over the agent API (seeds 002 and 004)', () => {
  it.each(['SECURID', 'EMERGENCY_TOKENCODE'] as const)(
    'a code of a set lets in once, after the PIN, by %s',
    async (method) => {
      const name = `set-${method}`
      const holder = await server.addHolder(name)
      const [first = '', second = ''] = await issue(holder, ONE_TIME)
      expect(first).toMatch(/^\S{8}$/)
      expect(await logOn(name, method, first)).toBe(wrong(method))
      expect(await logOn(name, method, `${holder.pin}${first}`)).toBe(`SUCCESS ${method}=SUCCESS`)
      expect(await logOn(name, method, `${holder.pin}${first}`)).toBe(wrong(method))
      expect(await logOn(name, method, `${holder.pin}${second}`)).toBe(`SUCCESS ${method}=SUCCESS`)
    },
  )

  it('a temporary fixed code lets in again and again, and the token itself does not', async () => {
    const holder = await server.addHolder('fixed')
    const [code = ''] = await issue(holder, FIXED)
    for (let use = 0; use < 3; use += 1)
      expect(await logOn('fixed', 'EMERGENCY_TOKENCODE', `${holder.pin}${code}`)).toBe(
        'SUCCESS EMERGENCY_TOKENCODE=SUCCESS',
      )
    expect(await logOn('fixed', 'SECURID', passcodeOf(holder))).toBe(wrong('SECURID'))
  })

  it('a code stands alone where the token is used without a PIN', async () => {
    const holder = await server.addHolder('without-pin', { passcodeStyle: 'tokencode-only' })
    const [code = ''] = await issue(holder, ONE_TIME)
    expect(await logOn('without-pin', 'EMERGENCY_TOKENCODE', code)).toBe('SUCCESS EMERGENCY_TOKENCODE=SUCCESS')
    expect(await logOn('without-pin', 'EMERGENCY_TOKENCODE', code)).toBe(wrong('EMERGENCY_TOKENCODE'))
  })

  it('the token ends its emergency access with its first use, where that was chosen', async () => {
    const holder = await server.addHolder('found-again')
    const [code = ''] = await issue(holder, { ...FIXED, ifTokenBecomesAvailable: 'allow-and-disable-emergency' })
    expect(await logOn('found-again', 'SECURID', passcodeOf(holder))).toBe('SUCCESS SECURID=SUCCESS')
    expect(await logOn('found-again', 'EMERGENCY_TOKENCODE', `${holder.pin}${code}`)).toBe(wrong('EMERGENCY_TOKENCODE'))
  })

  it('a new set voids the old one', async () => {
    const holder = await server.addHolder('renewed')
    const [old = ''] = await issue(holder, ONE_TIME)
    const [fresh = ''] = await issue(holder, ONE_TIME)
    expect(await logOn('renewed', 'EMERGENCY_TOKENCODE', `${holder.pin}${old}`)).toBe(wrong('EMERGENCY_TOKENCODE'))
    expect(await logOn('renewed', 'EMERGENCY_TOKENCODE', `${holder.pin}${fresh}`)).toBe(
      'SUCCESS EMERGENCY_TOKENCODE=SUCCESS',
    )
  })

  it('a client that wants nothing else is asked for nothing else, in one step or two', async () => {
    const holder = await server.addHolder('only-emergency')
    const [first = '', second = ''] = await issue(holder, ONE_TIME)
    const authMethodId = 'EMERGENCY_TOKENCODE'
    const dialogue = await HandDialogue.begin(server, 'only-emergency', { authMethodId })
    expect(outline(dialogue.last)).toBe('CHALLENGE asks EMERGENCY_TOKENCODE')
    expect(outline(await dialogue.answer(authMethodId, `${holder.pin}${first}`))).toBe(
      `SUCCESS ${authMethodId}=SUCCESS`,
    )
    const collectedInputs = [{ name: authMethodId, value: `${holder.pin}${second}` }]
    const credential = { subjectCredentials: [{ methodId: authMethodId, collectedInputs }] }
    const atOnce = await HandDialogue.begin(server, 'only-emergency', { authMethodId, ...credential })
    expect(outline(atOnce.last)).toBe(`SUCCESS ${authMethodId}=SUCCESS`)
    const again = await HandDialogue.begin(server, 'only-emergency', oneStep(`${holder.pin}${second}`))
    expect(outline(again.last)).toBe('FAIL SECURID=FAIL')
  })
})
