import { step, unixMs } from '@driftlock/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Store } from '../../open-store.ts'
import { acceptance, sampleEntry, sampleToken, sampleUser, storedUserWithToken, subjectOf } from '../sample-data.ts'
import type { EngineUnderTest } from './engine-under-test.ts'
import { openAs } from './engine-under-test.ts'

/** What every engine owes to the single use of a code. */
export function singleUse(engine: EngineUnderTest): void {
  describe('single use', () => {
    let database: string
    let store: Store
    beforeAll(async () => {
      database = await engine.newDatabase()
      store = await openAs('one', database)
    })
    afterAll(() => store.close())

    it('commits the same code once when it comes twice in one batch', async () => {
      const subject = await storedUserWithToken(store, 'twice')
      const outcomes = await Promise.all(
        [acceptance(subject, 7), acceptance(subject, 7)].map((job) => store.authentication.commit(job)),
      )
      expect(outcomes.sort()).toEqual(['committed', 'conflict'])
    })

    it('commits one of 32 simultaneous uses of a code', async () => {
      const subject = await storedUserWithToken(store, 'many')
      const uses = Array.from({ length: 32 }, () => store.authentication.commit(acceptance(subject, 9)))
      expect((await Promise.all(uses)).filter((outcome) => outcome === 'committed')).toHaveLength(1)
      const after = await subjectOf(store, 'many')
      expect(after.tokens[0]?.state.highWaterStep).toBe(9n)
      const records = await store.administration.read.auditLog.search({ userId: subject.user.id }, { limit: 100 })
      expect(records.items).toHaveLength(1)
    })

    it('refuses a step at or below the high-water step although the versions match', async () => {
      const subject = await storedUserWithToken(store, 'stale-step')
      expect(await store.authentication.commit(acceptance(subject, 5))).toBe('committed')
      const now = await subjectOf(store, 'stale-step')
      expect(await store.authentication.commit(acceptance(now, 5))).toBe('conflict')
      expect(await store.authentication.commit(acceptance(now, 4))).toBe('conflict')
      expect(await store.authentication.commit(acceptance(now, 6))).toBe('committed')
    })

    it('refuses to lower the high-water step even without a condition on it', async () => {
      const subject = await storedUserWithToken(store, 'lowered')
      await store.authentication.commit(acceptance(subject, 50))
      const job = acceptance(await subjectOf(store, 'lowered'), 10)
      const tokens = job.condition.tokens.map(({ tokenId, version }) => ({ tokenId, version }))
      expect(await store.authentication.commit({ ...job, condition: { ...job.condition, tokens } })).toBe('conflict')
    })

    it('refuses a token that was changed meanwhile', async () => {
      const subject = await storedUserWithToken(store, 'stale-token')
      await store.authentication.commit(acceptance(subject, 1))
      expect(await store.authentication.commit(acceptance(subject, 2))).toBe('conflict')
    })

    it('refuses a user who was changed meanwhile', async () => {
      const subject = await storedUserWithToken(store, 'stale-user')
      const managed = await store.administration.read.users.find(subject.user.id)
      if (managed === undefined) throw new Error('The user was just stored.')
      await store.administration.transaction((tx) =>
        tx.users.update({ ...managed, user: { ...managed.user, enabled: false } }),
      )
      expect(await store.authentication.commit(acceptance(subject, 1))).toBe('conflict')
      expect((await subjectOf(store, 'stale-user')).user.enabled).toBe(false)
    })

    it('commits what holds and refuses what does not in one batch, without a gap in the chain', async () => {
      const subjects = await Promise.all(
        Array.from({ length: 12 }, (_, index) => storedUserWithToken(store, `mixed-${index}`)),
      )
      for (const subject of subjects.slice(0, 4)) await store.authentication.commit(acceptance(subject, 1))
      const outcomes = await Promise.all(subjects.map((subject) => store.authentication.commit(acceptance(subject, 2))))
      expect(outcomes).toEqual(subjects.map((_, index) => (index < 4 ? 'conflict' : 'committed')))
      const links = await store.administration.read.auditLog.links('one', 0, 1000)
      expect(links.map(({ sequence }) => sequence)).toEqual(links.map((_, index) => index + 1))
    })

    it('counts failures in the guess record under the version of the user', async () => {
      const subject = await storedUserWithToken(store, 'guesser')
      const guesses = { ...subject.user.guesses, failedAt: [unixMs(3), unixMs(2), unixMs(1)] }
      const job = {
        condition: { userId: subject.user.id, userVersion: subject.user.version, tokens: [] },
        changes: { guesses, tokens: [] },
        audit: [sampleEntry({ userId: subject.user.id, outcome: 'failure', reason: 'bad-tokencode' })],
      }
      const again = { ...job, audit: [sampleEntry()] }
      expect(await Promise.all([store.authentication.commit(job), store.authentication.commit(again)])).toEqual([
        'committed',
        'conflict',
      ])
      expect((await subjectOf(store, 'guesser')).user).toMatchObject({ version: 2, guesses })
    })

    it('writes only the audit records of a name that nobody has', async () => {
      const subject = await storedUserWithToken(store, 'beside-nobody')
      const nobody = () => ({ condition: null, changes: { tokens: [] }, audit: [sampleEntry({ username: 'nobody' })] })
      expect(await store.authentication.commit(nobody())).toBe('committed')
      expect(await subjectOf(store, 'beside-nobody')).toEqual(subject)
      const together = [nobody(), acceptance(subject, 1), nobody()].map((job) => store.authentication.commit(job))
      expect(await Promise.all(together)).toEqual(['committed', 'committed', 'committed'])
    })

    it('keeps everything a token can be', async () => {
      const user = sampleUser('everything')
      const verifier = { keyId: 'pepper-1', mac: new Uint8Array(32).fill(7) }
      const pin = { verifier, length: 6, setAt: unixMs(5), history: [verifier] }
      const token = sampleToken(
        'everything-token',
        { userId: user.user.id, kind: 'securid', algorithm: 'aes-128', startsAt: unixMs(1), expiresAt: unixMs(2) },
        {
          version: 3,
          clock: {
            offsetMs: -1.5,
            ratePpm: 2.25,
            offsetVarianceMs2: 1e-3,
            offsetRateCovariance: -0.1,
            rateVariancePpm2: 1e9,
            measuredAt: unixMs(9),
            measurements: 4,
          },
          badTokencodeCount: 2,
          challengeSpentStep: step(12),
          pin,
          proposedPin: { ...pin, history: [] },
          newPinRequired: true,
          lost: true,
          lastAcceptedAt: unixMs(8),
          emergency: {
            method: {
              type: 'one-time-set',
              codes: [
                { verifier, usedAt: null },
                { verifier, usedAt: unixMs(3) },
              ],
            },
            codeLength: 8,
            issuedAt: unixMs(1),
            expiresAt: null,
            ifTokenBecomesAvailable: 'deny',
            pinNeeded: true,
          },
        },
      )
      await store.administration.transaction(async (tx) => {
        await tx.users.insert(user)
        await tx.tokens.insert(token)
      })
      expect(await subjectOf(store, 'everything')).toEqual({
        user: user.user,
        tokens: [{ record: token.token.record, state: token.token.state, seed: token.seed }],
      })
      const found = await store.administration.read.tokens.findBySerial('everything-token')
      expect(found).toEqual({ ...token.token, username: 'everything' })
    })

    it('keeps a cleared PIN and its history, and does not take it for a PIN', async () => {
      const verifier = { keyId: 'pepper-1', mac: new Uint8Array(32).fill(7) }
      const clearedPin = { verifier, length: 6, setAt: unixMs(5), history: [verifier] }
      const token = sampleToken('cleared-token', {}, { pin: null, clearedPin })
      await store.administration.transaction((tx) => tx.tokens.insert(token))
      const { tokens } = store.administration.read
      expect((await tokens.findBySerial('cleared-token'))?.state).toEqual(token.token.state)
      const count = (hasPin: boolean) => tokens.count({ serialPrefix: 'cleared-', hasPin }, 10)
      expect([(await count(true)).count, (await count(false)).count]).toEqual([0, 1])
    })

    it('keeps a counter of 63 bits exactly', async () => {
      const user = sampleUser('counter')
      const highWaterStep = step(2n ** 63n - 2n)
      await store.administration.transaction(async (tx) => {
        await tx.users.insert(user)
        await tx.tokens.insert(sampleToken('counter-token', { userId: user.user.id, kind: 'hotp' }, { highWaterStep }))
      })
      const subject = await subjectOf(store, 'counter')
      expect(subject.tokens[0]?.state.highWaterStep).toBe(2n ** 63n - 2n)
      expect(await store.authentication.commit(acceptance(subject, step(2n ** 63n - 1n)))).toBe('committed')
      expect((await store.administration.read.tokens.findBySerial('counter-token'))?.state.highWaterStep).toBe(
        2n ** 63n - 1n,
      )
    })

    it('moves a redistributed seed into place and keeps the old one as voided', async () => {
      const subject = await storedUserWithToken(store, 'redistributed')
      const [token] = subject.tokens
      if (token === undefined) throw new Error('The user was just stored with a token.')
      const pending = new Uint8Array([1, 2, 3])
      await store.administration.transaction((tx) =>
        tx.tokens.update({
          tokenId: token.record.id,
          version: 1,
          seeds: { type: 'set-pending', seed: pending, at: subject.user.startsAt ?? sampleEntry().at },
        }),
      )
      const waiting = await subjectOf(store, 'redistributed')
      expect(waiting.tokens[0]).toMatchObject({
        seed: token.seed,
        pendingSeed: pending,
        state: { pendingSeed: true, version: 2 },
      })
      const job = acceptance(waiting, 3)
      const tokens = job.changes.tokens.map((change) => ({ ...change, promotePendingSeed: true }))
      expect(await store.authentication.commit({ ...job, changes: { tokens } })).toBe('committed')
      const seeds = await store.administration.read.tokens.seeds(token.record.id)
      expect(seeds).toMatchObject({ seed: pending, voidedSeeds: [{ seed: token.seed }] })
      expect(seeds?.pendingSeed).toBeUndefined()
    })

    it('lets one of two instances win, each time, when both race for the same codes', async () => {
      const other = await openAs('two', database)
      try {
        const subjects = await Promise.all(
          Array.from({ length: 20 }, (_, index) => storedUserWithToken(store, `race-${index}`)),
        )
        for (let round = 1; round <= 10; round++) {
          const now = await Promise.all(subjects.map(({ user }) => subjectOf(store, user.username)))
          const mine = now.map((subject) => store.authentication.commit(acceptance(subject, round)))
          const theirs = now.toReversed().map((subject) => other.authentication.commit(acceptance(subject, round)))
          const outcomes = [await Promise.all(mine), (await Promise.all(theirs)).toReversed()] as const
          for (const index of subjects.keys()) {
            expect(new Set([outcomes[0][index], outcomes[1][index]])).toEqual(new Set(['committed', 'conflict']))
          }
        }
      } finally {
        await other.close()
      }
    })
  })
}
