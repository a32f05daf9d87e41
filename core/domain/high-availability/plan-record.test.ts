import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NO_STEP, step } from '../time.ts'
import type { CloudRecord } from './cloud-token.ts'
import { addDivergence, divergenceOf, NO_DIVERGENCE } from './divergence.ts'
import type { Match } from './match-user.ts'
import { type HeldRecord, isDeletedHere, planRecord, type RecordPlan } from './plan-record.ts'

const RECORD: CloudRecord = {
  recordId: 'r1',
  serial: 'MFA000000000001',
  userAttribute: 'ada',
  identitySource: 'Staff',
  algorithm: 'sha256',
  digits: 8,
  intervalSeconds: 60,
  state: 'active',
  lastUsedStep: null,
  clockOffsetMs: null,
  seedVersion: 1,
  changeTimeMs: 1000,
}
const ADA: Match = { type: 'matched', userId: 'ada', securityDomainId: 'root' }
const NOBODY: Match = { type: 'unmatched', reason: 'user-unknown' }
const company = { companyId: 'c1' }

/** What is here after a plan was carried out. */
function carriedOut({ record, held, place, leaveDeleted }: RecordPlan): HeldRecord {
  const { lastUsedStep, ...rest } = record
  const before = held?.sharedStep ?? NO_STEP
  const told = lastUsedStep ?? NO_STEP
  const isMatched = place.type === 'matched'
  return {
    ...rest,
    ...company,
    userId: isMatched ? place.userId : null,
    reason: place.type === 'unmatched' ? place.reason : null,
    tokenId: 't1',
    hasToken: isMatched && !leaveDeleted,
    hasSeed: place.type !== 'revoked' && !leaveDeleted,
    sharedStep: told > before ? told : before,
  }
}
const after = (record: CloudRecord, match: Match): HeldRecord =>
  carriedOut(planRecord(record, undefined, { match, occasion: 'change', ...company }))

describe('a record of the cloud', () => {
  it('is opened once: the same seed version again keeps what is here', () => {
    const plan = planRecord({ ...RECORD, lastUsedStep: step(7), changeTimeMs: 2000 }, after(RECORD, ADA), {
      match: ADA,
      occasion: 'full',
      ...company,
    })
    expect(plan).toMatchObject({ seed: 'keep', outcome: 'updated' })
  })
  it('is opened again when its seed version is new', () => {
    const plan = planRecord({ ...RECORD, seedVersion: 2 }, after(RECORD, ADA), {
      match: ADA,
      occasion: 'change',
      ...company,
    })
    expect(plan.seed).toBe('unseal')
  })
  it('loses its seed when it is revoked, and gets it anew when it comes back', () => {
    const gone = planRecord({ ...RECORD, state: 'revoked' }, after(RECORD, ADA), {
      match: ADA,
      occasion: 'change',
      ...company,
    })
    expect(gone).toMatchObject({ seed: 'drop', outcome: 'revoked', place: { type: 'revoked' } })
    const back = planRecord(RECORD, carriedOut(gone), { match: ADA, occasion: 'change', ...company })
    expect(back).toMatchObject({ seed: 'unseal', outcome: 'updated' })
  })
  it('keeps its seed while it waits for a user', () => {
    const waiting = after(RECORD, NOBODY)
    expect(planRecord(RECORD, waiting, { match: ADA, occasion: 'rematch', ...company })).toMatchObject({
      seed: 'keep',
      outcome: 'updated',
    })
  })
})

describe('a record that is here already', () => {
  const plan = (told: Partial<CloudRecord>, held: HeldRecord, match: Match = ADA) =>
    planRecord({ ...RECORD, ...told }, held, { match, occasion: 'change', ...company })
  const here = { ...after(RECORD, ADA), sharedStep: step(7) }

  it('is new the first time', () => {
    const first = planRecord(RECORD, undefined, { match: ADA, occasion: 'change', ...company })
    expect(first).toMatchObject({ seed: 'unseal', outcome: 'added', place: ADA, leaveDeleted: false })
  })

  it('changes nothing as long as the cloud says what is here', () => {
    expect(plan({}, here)).toMatchObject({ seed: 'keep', outcome: 'unchanged', leaveDeleted: false })
  })

  it.each([
    { serial: 'MFA000000000002' },
    { userAttribute: 'lovelace' },
    { identitySource: 'Partners' },
    { algorithm: 'sha1' },
    { digits: 6 },
    { intervalSeconds: 30 },
    { changeTimeMs: 2000 },
  ] as const)('is written anew where the cloud says %j', (told) => {
    expect(plan(told, here)).toMatchObject({ seed: 'keep', outcome: 'updated' })
  })

  it('is written anew when a later step was used than both sides knew of, and for no other step', () => {
    const outcomes = [null, step(6), step(7), step(8)].map((lastUsedStep) => plan({ lastUsedStep }, here).outcome)
    expect(outcomes).toEqual(['unchanged', 'unchanged', 'unchanged', 'updated'])
  })

  it('is written anew for another company', () => {
    expect(plan({}, { ...here, companyId: 'c2' }).outcome).toBe('updated')
  })

  it('is written anew when it belongs to another user, to nobody any more, or to nobody for another reason', () => {
    const eve: Match = { type: 'matched', userId: 'eve', securityDomainId: 'root' }
    const waiting = { ...after(RECORD, NOBODY), sharedStep: step(7) }
    expect([plan({}, here, eve), plan({}, here, NOBODY)].map(({ outcome }) => outcome)).toEqual(['updated', 'updated'])
    expect(plan({}, waiting, NOBODY).outcome).toBe('unchanged')
    expect(plan({}, waiting, { type: 'unmatched', reason: 'ambiguous' }).outcome).toBe('updated')
    expect(plan({}, { ...here, reason: 'user-unknown' }, NOBODY).outcome).toBe('updated')
  })

  it('is revoked once; again it is written only where something else of it changed', () => {
    const revoked = { ...carriedOut(plan({ state: 'revoked' }, here)), sharedStep: step(7) }
    expect(plan({ state: 'revoked' }, revoked)).toMatchObject({ outcome: 'unchanged', leaveDeleted: false })
    expect(plan({ state: 'revoked', changeTimeMs: 2000 }, revoked).outcome).toBe('updated')
  })

  it('gets its seed again when it comes back, even where one was left behind', () => {
    expect(plan({}, { ...here, state: 'revoked' }).seed).toBe('unseal')
  })
})

describe('a token that an administrator deleted', () => {
  const deleted: HeldRecord = { ...after(RECORD, ADA), hasToken: false, hasSeed: false }
  it('stays deleted when its record changes', () => {
    const plan = planRecord({ ...RECORD, changeTimeMs: 2000 }, deleted, { match: ADA, occasion: 'change', ...company })
    expect(plan).toMatchObject({ leaveDeleted: true, seed: 'keep' })
  })
  it('comes back with a new seed: the app was registered again', () => {
    const plan = planRecord({ ...RECORD, seedVersion: 2 }, deleted, { match: ADA, occasion: 'change', ...company })
    expect(plan).toMatchObject({ leaveDeleted: false, seed: 'unseal' })
  })
  it('is told from one that was revoked, that waits for its user, or that is there', () => {
    expect(isDeletedHere(deleted)).toBe(true)
    const others = [{ state: 'revoked' }, { userId: null }, { hasToken: true }] as const
    for (const other of others) expect(isDeletedHere({ ...deleted, ...other })).toBe(false)
  })
  it('comes back with a full run, which names it as divergence', () => {
    const plan = planRecord(RECORD, deleted, { match: ADA, occasion: 'full', ...company })
    expect(plan).toMatchObject({ leaveDeleted: false, seed: 'unseal', outcome: 'updated' })
    expect(divergenceOf(plan, 5000)).toBe('deletedHere')
  })
})

describe('divergence', () => {
  it('is what an earlier run should have brought, not what is new', () => {
    const plan = planRecord(RECORD, undefined, { match: ADA, occasion: 'full', ...company })
    expect([divergenceOf(plan, 999), divergenceOf(plan, 1000)]).toEqual([undefined, 'missing'])
  })
  it('is a record that is here otherwise than there, and none that is here alike', () => {
    const here = after(RECORD, ADA)
    const full = (told: Partial<CloudRecord>) =>
      planRecord({ ...RECORD, ...told }, here, { match: ADA, occasion: 'full', ...company })
    expect(divergenceOf(full({ digits: 6 }), 1000)).toBe('different')
    expect(divergenceOf(full({}), 1000)).toBeUndefined()
  })
  it('is nothing that the cloud revoked and that is not here', () => {
    const revoked = { ...RECORD, state: 'revoked' } as const
    const options = { match: ADA, occasion: 'full', ...company } as const
    expect(divergenceOf(planRecord(revoked, undefined, options), 1000)).toBeUndefined()
    const deleted = { ...after(RECORD, ADA), hasToken: false, hasSeed: false }
    expect(divergenceOf(planRecord(revoked, deleted, options), 1000)).toBe('different')
  })
  it('is summed up by its kinds', () => {
    const one = addDivergence(NO_DIVERGENCE, 'missing')
    expect(addDivergence(one, undefined)).toBe(one)
    const more = addDivergence(addDivergence(one, 'missing'), 'gone', 3)
    expect(more).toEqual({ missing: 2, deletedHere: 0, different: 0, gone: 3 })
  })
})

it('never changes anything when the same record comes a second time', () => {
  const record = fc.record({
    state: fc.constantFrom('active' as const, 'revoked' as const),
    seedVersion: fc.integer({ min: 1, max: 3 }),
    lastUsedStep: fc.option(fc.integer({ min: 0, max: 5 }).map((value) => step(value))),
    changeTimeMs: fc.integer({ min: 0, max: 3 }),
    userAttribute: fc.constantFrom('ada', 'bob'),
  })
  const occasion = fc.constantFrom('change' as const, 'full' as const)
  const match = fc.constantFrom(ADA, NOBODY)
  fc.assert(
    fc.property(fc.array(fc.tuple(record, occasion, match), { minLength: 1 }), (history) => {
      let held: HeldRecord | undefined
      for (const [change, when, place] of history) {
        const told = { ...RECORD, ...change }
        held = carriedOut(planRecord(told, held, { match: place, occasion: when, ...company }))
        const again = planRecord(told, held, { match: place, occasion: when, ...company })
        expect(again).toMatchObject({ outcome: 'unchanged' })
        expect(again.seed).not.toBe('unseal')
      }
    }),
  )
})
