import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NO_STEP, step } from '../time.ts'
import type { CloudRecord } from './cloud-token.ts'
import { divergenceOf } from './divergence.ts'
import type { Match } from './match-user.ts'
import { type HeldRecord, planRecord, type RecordPlan } from './plan-record.ts'

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

describe('a token that an administrator deleted', () => {
  const deleted: HeldRecord = { ...after(RECORD, ADA), hasToken: false, hasSeed: false }
  it('stays deleted when its record changes', () => {
    const plan = planRecord({ ...RECORD, changeTimeMs: 2000 }, deleted, { match: ADA, occasion: 'change', ...company })
    expect(plan).toMatchObject({ leaveDeleted: true, seed: 'keep' })
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
