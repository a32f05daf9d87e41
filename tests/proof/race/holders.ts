import { randomBytes } from 'node:crypto'
import { seedContext } from '@driftlock/application'
import { codeSource, newPinState, stepAt } from '@driftlock/domain'
import { sampleToken, sampleUser } from '../../../adapters/sql/testing/sample-data.ts'
import type { Instance } from '../../../apps/driftlock/instance/open-instance.ts'

const PIN = '2468'

/** A user with a token and a PIN. */
export interface Holder {
  readonly username: string
  readonly userId: string
  readonly serial: string
  /** What logs the user in at this moment. */
  readonly passcode: () => string
}

/** Makes so many users with a token each, sealed and stored as the product does. */
export async function addHolders(instance: Instance, prefix: string, count: number): Promise<readonly Holder[]> {
  const { store, keys, clock } = instance
  const holders: Holder[] = []
  await store.administration.transaction(async (tx) => {
    for (let index = 0; index < count; index++) {
      const user = sampleUser(`${prefix}${index}`)
      const { id: userId, username } = user.user
      const { token } = sampleToken(`${prefix}-token-${index}`, { userId })
      const { record, state } = token
      const seed = new Uint8Array(randomBytes(20))
      const own = { previous: null, tokenId: record.id, keys: keys.pinKeys(), now: clock.now(), historyCount: 0 }
      const sealed = keys.seal('seed', seedContext(record.id), seed)
      await tx.users.insert(user)
      await tx.tokens.insert({
        token: { ...token, state: { ...state, pin: newPinState(PIN, own) } },
        seed: sealed,
        seedFingerprint: null,
      })
      const passcode = () => PIN + codeSource(record, seed).code(stepAt(record, clock.now()))
      holders.push({ username, userId, serial: record.serial, passcode })
    }
  })
  return holders
}
