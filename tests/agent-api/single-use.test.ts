import { postgresqlPrograms, type ScratchPostgresql, startScratchPostgresql } from '@driftlock/sql/testing'
import { describe, expect, it } from 'vitest'
import {
  type AgentInstance,
  codeOf,
  HandDialogue,
  oneStep,
  outline,
  passcodeOf,
  startAgentInstance,
} from './testing/agent-instance.ts'

const COPIES = 32

/** 32 uses of one code at once, spread over the instances. @returns how often each answer came. */
async function race(servers: readonly AgentInstance[], name: string, passcode: string) {
  const uses = Array.from({ length: COPIES }, (_, place) => {
    const server = servers[place % servers.length] as AgentInstance // the remainder is a place of theirs
    return HandDialogue.begin(server, name, oneStep(passcode)).then(({ last }) => last.attemptResponseCode)
  })
  const codes = await Promise.all(uses)
  return {
    accepted: codes.filter((code) => code === 'SUCCESS').length,
    refused: codes.filter((code) => code === 'FAIL').length,
  }
}

describe('32 uses of one code at once', () => {
  it('are accepted once on one instance', async () => {
    const server = await startAgentInstance()
    try {
      const holder = await server.addHolder('racer')
      expect(await race([server], 'racer', passcodeOf(holder))).toEqual({ accepted: 1, refused: COPIES - 1 })
    } finally {
      await server.close()
    }
  })

  it('are accepted once on two instances over PostgreSQL, and either continues what the other began', async () => {
    const postgresql: ScratchPostgresql = await startScratchPostgresql()
    const one = await startAgentInstance({ database: await postgresql.createDatabase() })
    const two = await startAgentInstance({ besides: one, name: 'am2' })
    try {
      const holder = await one.addHolder('racer')
      expect(await race([one, two], 'racer', passcodeOf(holder))).toEqual({ accepted: 1, refused: COPIES - 1 })
      const fresh = await one.addHolder('traveller', { badTokencodeCount: 3 })
      const dialogue = await HandDialogue.begin(one, 'traveller')
      const stale = dialogue.message('SECURID', passcodeOf(fresh, -2))
      expect(outline(await dialogue.answer('SECURID', passcodeOf(fresh, -2), two))).toContain(
        'asks SECURID_NEXT_TOKENCODE',
      )
      expect((await one.call('verify', stale)).body).toMatchObject({ attemptReasonCode: 'OUT_OF_SEQUENCE' })
      expect(outline(await dialogue.answer('SECURID_NEXT_TOKENCODE', codeOf(fresh, -1), one))).toMatch(/^SUCCESS/)
    } finally {
      await two.close()
      await one.close()
      await postgresql.stop()
    }
  })
})

it('has the programs of PostgreSQL for its second half', () => {
  expect(postgresqlPrograms()).toBeDefined()
})
