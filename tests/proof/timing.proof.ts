// Do refusals of the agent API take the same time for everybody? `npm run proof -- timing [ROUNDS]`. A wrong passcode of users
// who are known, disabled, locked and unknown, one after the other in random order, each name once. For each kind the
// chance that one of its answers took longer than one of a known user (0.5 = the same; Mann and Whitney), with its standard
// error where there is no difference. Exits 1 when one is more than five errors off. Needs a machine at ease: what takes
// longer than a beat of the refusals is seen.
import { authnResponseSchema } from '@driftlock/contracts'
import { parseArgs } from 'node:util'
import { shuffled } from './timing/shuffled.ts'
import { chanceOfLonger, median, standardError } from './timing/compare-times.ts'
import { initializeMessage, oneStep, startAgentInstance } from '../agent-api/testing/agent-instance.ts'

const KINDS = ['known', 'disabled', 'locked', 'unknown'] as const
type Kind = (typeof KINDS)[number]

const { positionals } = parseArgs({ allowPositionals: true })
const rounds = Number(positionals[0] ?? 500)
const server = await startAgentInstance()
try {
  await makeUsers()
  const times: Record<Kind, number[]> = { known: [], disabled: [], locked: [], unknown: [] }
  for (let round = 0; round < 20; round += 1) await refusal(`warm-up-${round}`)
  for (let round = 0; round < rounds; round += 1) {
    for (const kind of shuffled(KINDS)) times[kind].push(await refusal(`${kind}-${round}`))
  }
  const error = standardError(rounds)
  for (const kind of KINDS) {
    const chance = chanceOfLonger(times[kind], times.known)
    console.log(
      `${kind.padEnd(8)} median ${median(times[kind]).toFixed(2)} ms, ${share(times[kind])} % within the first beat, ` +
        `longer than known: ${chance.toFixed(3)} (± ${error.toFixed(3)})`,
    )
    if (Math.abs(chance - 0.5) > 5 * error) process.exitCode = 1
  }
} finally {
  await server.close()
}

/** Of the answers that came before a second beat (20 ms each) could have passed. */
function share(taken: readonly number[]): string {
  return ((100 * taken.filter((ms) => ms < 40).length) / taken.length).toFixed(1)
}

async function refusal(username: string): Promise<number> {
  const message = initializeMessage(server, username, oneStep('9999999999'))
  const from = performance.now()
  const { body } = await server.call('initialize', message)
  const tookMs = performance.now() - from
  const { attemptResponseCode } = authnResponseSchema.parse(body)
  if (attemptResponseCode !== 'FAIL') throw new Error(`A wrong passcode was answered with ${attemptResponseCode}.`)
  return tookMs
}

async function makeUsers(): Promise<void> {
  const { store, clock } = server.instance
  for (let round = 0; round < rounds; round += 1) {
    for (const kind of ['known', 'disabled', 'locked']) await server.addHolder(`${kind}-${round}`)
    await store.administration.transaction(async (tx) => {
      const disabled = await tx.users.findByLoginName(`disabled-${round}`)
      if (disabled) await tx.users.update({ ...disabled, user: { ...disabled.user, enabled: false } })
      const locked = await tx.users.findByLoginName(`locked-${round}`)
      if (locked) {
        const guesses = { ...locked.user.guesses, lockedAt: clock.now() }
        await tx.users.updateGuesses(locked.user.id, locked.user.version, guesses)
      }
    })
  }
}
