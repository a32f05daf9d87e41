import {
  type AuditLink,
  canonicalJson,
  type ChainReport,
  type PruneProgress,
  pruneAudit,
  signCheckpoint,
  standAt,
  verifyChain,
} from '@driftlock/application'
import { type AuditEntry, unixMs } from '@driftlock/domain'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { publicAuditProof, ringAuditChain, ringAuditProof, ringCheckpointSigner } from './audit-chain.ts'
import type { DataKeyRing } from './data-key-ring.ts'
import { masterKeyOf } from './master-key.ts'
import { type KeyRingParts, openKeyRing } from './open-key-ring.ts'
import { rotateDataKey } from './rotate-keys.ts'
import { MemoryAuditLog } from './testing/memory-audit-log.ts'
import { MemoryKeyStore } from './testing/memory-key-store.ts'
import { TestClock } from './testing/test-clock.ts'

const CHAIN = 'instance-1'
const clock = new TestClock()
const START = clock.now()

let parts: KeyRingParts
let ring: DataKeyRing
let log: MemoryAuditLog

/** Twelve records, a checkpoint at 8: what an attacker finds. */
beforeEach(async () => {
  parts = { store: new MemoryKeyStore(), clock, masterKeys: [masterKeyOf(new Uint8Array(32).fill(1), 'test')] }
  ring = await openKeyRing(parts)
  log = new MemoryAuditLog(ringAuditChain(ring, CHAIN))
  for (let number = 1; number <= 8; number++) log.append(entry(number))
  await sign()
  for (let number = 9; number <= 12; number++) log.append(entry(number))
})

function entry(number: number): AuditEntry {
  return {
    id: `entry-${number}`,
    at: unixMs(START + number * 1000),
    actor: { type: 'user', id: 'u1', name: 'alice' },
    action: 'authenticate',
    outcome: number % 3 === 0 ? 'failure' : 'success',
    reason: number % 3 === 0 ? 'wrong-passcode' : 'passcode-accepted',
    tokenSerial: `00031234567${number}`,
  }
}

const ports = () => ({ auditLog: log, proof: ringAuditProof(ring), signer: ringCheckpointSigner(ring), clock })
const sign = (isTimeUp?: () => boolean) => signCheckpoint(ports(), CHAIN, isTimeUp)

async function prune(before: number): Promise<PruneProgress[]> {
  const progress: PruneProgress[] = []
  for await (const step of pruneAudit(ports(), unixMs(before))) progress.push(step)
  return progress
}

function verify(proof = ringAuditProof(ring)): Promise<ChainReport> {
  const columnsOf = ({ action }: AuditEntry) => ({ action })
  return verifyChain(proof, {
    chainId: CHAIN,
    links: log.rows,
    checkpoints: log.signed,
    head: () => log.head,
    columnsOf,
  })
}

function row(sequence: number): AuditLink {
  const found = log.rows.find((candidate) => candidate.sequence === sequence)
  if (found === undefined) throw new Error(`no row ${sequence}`)
  return found
}

/** Writes a row's fields over, as an UPDATE would. */
function update(sequence: number, fields: Partial<AuditLink>): void {
  log.rows = log.rows.map((one) => (one.sequence === sequence ? { ...one, ...fields } : one))
}

function renumber(): void {
  log.rows = log.rows.map((one, at) => ({ ...one, sequence: at + 1 }))
}

describe('an audit chain nobody touched', () => {
  it('is proved, with its checkpoint and the records after it', async () => {
    expect(await verify()).toEqual({
      chainId: CHAIN,
      records: 12,
      pruned: 0,
      checkpoints: 1,
      unsigned: 4,
      lastSequence: 12,
    })
  })

  it('is signed as far as it was verified when the time is up, and to its end the next time', async () => {
    for (let number = 13; number <= 500; number++) log.append(entry(number))
    expect(await sign(() => true)).toMatchObject({ sequence: 208 })
    expect(await sign()).toMatchObject({ sequence: 500 })
    expect(await verify()).toMatchObject({ records: 500, checkpoints: 3, unsigned: 0 })
  })

  it('is proved across a rotation of the audit keys', async () => {
    await rotateDataKey(ring, parts, { purpose: 'audit-mac', graceMs: 0 })
    await rotateDataKey(ring, parts, { purpose: 'audit-signing', graceMs: 0 })
    log.append(entry(13))
    await sign()
    expect(row(13).keyId).not.toBe(row(12).keyId)
    expect(await verify()).toMatchObject({ records: 13, checkpoints: 2, unsigned: 0 })
    expect((await verify()).fault).toBeUndefined()
  })

  it('may be verified from a checkpoint onwards', async () => {
    const [checkpoint] = log.signed
    if (checkpoint === undefined) return expect.unreachable()
    const from = standAt(ringAuditProof(ring), checkpoint)
    if (from === undefined) return expect.unreachable()
    const links = log.rows.filter(({ sequence }) => sequence > 8)
    const source = { chainId: CHAIN, links, checkpoints: log.signed, head: () => log.head, from }
    const report = await verifyChain(ringAuditProof(ring), source)
    expect(report).toEqual({ chainId: CHAIN, records: 4, pruned: 0, checkpoints: 0, unsigned: 4, lastSequence: 12 })
  })

  it('is signed again only when there is something new', async () => {
    const first = await sign()
    expect(await sign()).toBe(first)
    expect(log.signed).toHaveLength(2)
  })
})

describe('verification names the first record that was', () => {
  it('changed in its text', async () => {
    update(5, { record: (row(5).record ?? '').replace('success', 'failure') })
    expect((await verify()).fault).toMatchObject({ sequence: 5, kind: 'changed' })
  })

  it('changed in its MAC', async () => {
    update(5, { mac: row(5).mac.map((octet) => octet ^ 1) })
    expect((await verify()).fault).toMatchObject({ sequence: 5, kind: 'changed' })
  })

  it('changed in any character', async () => {
    const { record } = row(10)
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.constantFrom('0', 'a', 'Z', '{', '"', ' '), async (place, character) => {
        const at = place % (record?.length ?? 1)
        fc.pre(record?.[at] !== character)
        update(10, { record: `${record?.slice(0, at)}${character}${record?.slice(at + 1)}` })
        expect((await verify()).fault).toMatchObject({ sequence: 10, kind: 'changed' })
      }),
    )
  })

  it('changed in a search column only, or in its id', async () => {
    update(4, { columns: { action: 'unlock-user' } })
    expect((await verify()).fault).toMatchObject({
      sequence: 4,
      kind: 'changed',
      text: expect.stringContaining('column action'),
    })
    update(4, { columns: { action: 'authenticate' }, id: 'entry-5' })
    expect((await verify()).fault).toMatchObject({
      sequence: 4,
      kind: 'changed',
      text: expect.stringContaining('column id'),
    })
  })

  it('missing, leaving a gap', async () => {
    log.rows = log.rows.filter(({ sequence }) => sequence !== 6)
    expect((await verify()).fault).toMatchObject({ sequence: 6, kind: 'missing' })
  })

  it('missing at the start', async () => {
    log.rows = log.rows.slice(3)
    expect((await verify()).fault).toMatchObject({ sequence: 1, kind: 'missing' })
  })

  it('missing, with the later ones renumbered', async () => {
    log.rows = log.rows.filter(({ sequence }) => sequence !== 6)
    renumber()
    expect((await verify()).fault).toMatchObject({ sequence: 6, kind: 'missing' })
  })

  it('put in, with the later ones renumbered', async () => {
    log.rows.splice(5, 0, { ...row(2), id: 'entry-2' })
    renumber()
    expect((await verify()).fault).toMatchObject({ sequence: 6, kind: 'inserted' })
  })

  it('put in under a number that is taken', async () => {
    log.rows.splice(6, 0, row(6))
    expect((await verify()).fault).toMatchObject({ sequence: 6, kind: 'inserted' })
  })

  it('put in from another chain of the same server', async () => {
    const other = new MemoryAuditLog(ringAuditChain(ring, 'instance-2'))
    for (let number = 1; number <= 12; number++) other.append(entry(number))
    log.rows[6] = other.rows[6] ?? row(7)
    expect((await verify()).fault).toMatchObject({ sequence: 7, kind: 'inserted' })
    log.rows[6] = { ...row(7), chainId: CHAIN }
    expect((await verify()).fault).toMatchObject({ sequence: 7, kind: 'changed' })
  })

  it('exchanged with its neighbour, MACs and all', async () => {
    const [seventh, eighth] = [row(7), row(8)]
    log.rows.splice(6, 2, eighth, seventh)
    renumber()
    expect((await verify()).fault).toMatchObject({ sequence: 7, kind: 'reordered' })
  })

  it('exchanged with its neighbour, the MACs left in place', async () => {
    const [seventh, eighth] = [row(7), row(8)]
    update(7, { record: eighth.record })
    update(8, { record: seventh.record })
    expect((await verify()).fault).toMatchObject({ sequence: 7, kind: 'reordered' })
  })

  it('read out of order', async () => {
    const [third, fourth] = [row(3), row(4)]
    log.rows.splice(2, 2, fourth, third)
    expect((await verify()).fault).toMatchObject({ sequence: 3, kind: 'missing' })
    log.rows.splice(2, 2, third, fourth, row(2))
    expect((await verify()).fault).toMatchObject({ sequence: 5, kind: 'reordered' })
  })

  it('cut off at the end, by the head of the chain', async () => {
    log.rows = log.rows.slice(0, 10)
    expect((await verify()).fault).toMatchObject({ sequence: 11, kind: 'truncated' })
  })

  it('cut off at the end with the head set back, by the signed checkpoint', async () => {
    log.rows = log.rows.slice(0, 6)
    log.head = { chainId: CHAIN, sequence: 6, mac: row(6).mac }
    expect((await verify()).fault).toMatchObject({
      sequence: 7,
      kind: 'truncated',
      text: expect.stringContaining('signed record 8'),
    })
  })

  it('cut off whole', async () => {
    log.rows = []
    expect((await verify()).fault).toMatchObject({ sequence: 1, kind: 'truncated' })
  })

  it('appended past the head, or whose head names another record', async () => {
    log.head = { chainId: CHAIN, sequence: 10, mac: row(10).mac }
    expect((await verify()).fault).toMatchObject({ sequence: 11, kind: 'inserted' })
    log.head = { chainId: CHAIN, sequence: 12, mac: row(10).mac }
    expect((await verify()).fault).toMatchObject({ sequence: 12, kind: 'changed' })
  })

  it('made under a key that is not in the ring', async () => {
    update(3, { keyId: '00000000' })
    expect((await verify()).fault).toMatchObject({ sequence: 3, kind: 'key-unknown' })
  })

  it('signed by a forged checkpoint', async () => {
    const [checkpoint] = log.signed
    if (checkpoint === undefined) return expect.unreachable()
    for (const change of [
      { sequence: 7 },
      { at: unixMs(checkpoint.at + 1) },
      { mac: checkpoint.mac.map((octet) => octet ^ 1) },
      { keyId: row(1).keyId },
      { signature: checkpoint.signature.map((octet, at) => (at === 3 ? octet ^ 1 : octet)) },
      { signature: checkpoint.signature.map((octet, at) => (at === 95 ? octet ^ 1 : octet)) },
      { signature: new Uint8Array() },
    ]) {
      log.signed = [{ ...checkpoint, ...change }]
      expect((await verify()).fault).toMatchObject({ kind: 'checkpoint-forged' })
    }
  })
})

describe('an attacker who has the MAC key but not the signing key', () => {
  it('cannot rewrite what a checkpoint signed', async () => {
    const forged = new MemoryAuditLog(ringAuditChain(ring, CHAIN))
    for (let number = 1; number <= 12; number++)
      forged.append({ ...entry(number), reason: 'passcode-accepted', outcome: 'success' })
    Object.assign(log, { rows: forged.rows, head: forged.head })
    expect((await verify()).fault).toMatchObject({
      sequence: 8,
      kind: 'changed',
      text: expect.stringContaining('checkpoint'),
    })
  })
})

describe('an auditor with public keys alone', () => {
  it('proves the chain up to the checkpoint', async () => {
    await sign()
    const report = await verify(publicAuditProof(ring.auditPublicKeys()))
    expect(report).toEqual({ chainId: CHAIN, records: 12, pruned: 0, checkpoints: 2, unsigned: 0, lastSequence: 12 })
  })

  it('finds a change before it, though not the very record', async () => {
    update(5, { record: canonicalJson({ ...entry(5), outcome: 'failure' }) })
    const { fault } = await verify(publicAuditProof(ring.auditPublicKeys()))
    expect(fault).toMatchObject({ sequence: 8, kind: 'changed' })
    update(5, { record: 'not JSON' })
    expect((await verify(publicAuditProof(ring.auditPublicKeys()))).fault).toMatchObject({
      sequence: 5,
      kind: 'changed',
    })
  })
})

describe('retention', () => {
  it('reduces old records to digests and keeps the chain provable', async () => {
    expect(await prune(entry(6).at)).toEqual([{ chainId: CHAIN, pruned: 5, throughSequence: 5 }])
    expect(JSON.stringify(log.rows.slice(0, 5))).not.toContain('alice')
    const report = { chainId: CHAIN, records: 12, pruned: 5, checkpoints: 2, unsigned: 0, lastSequence: 12 }
    expect(await verify()).toEqual(report)
    expect(await verify(publicAuditProof(ring.auditPublicKeys()))).toMatchObject({ pruned: 5, unsigned: 0 })
  })

  it('does not hide a changed, missing or moved stub', async () => {
    await prune(entry(6).at)
    const pruned = [...log.rows]
    update(2, { digest: row(3).digest })
    expect((await verify()).fault).toMatchObject({ sequence: 2, kind: 'changed' })
    log.rows = pruned.filter(({ sequence }) => sequence !== 2)
    expect((await verify()).fault).toMatchObject({ sequence: 2, kind: 'missing' })
    log.rows = [...pruned]
    update(2, { digest: null })
    expect((await verify()).fault).toMatchObject({ sequence: 2, kind: 'missing' })
  })

  it('is no cover for taking out the content of a later record', async () => {
    const chain = ringAuditChain(ring, CHAIN)
    update(9, { digest: chain.digest(row(9).record ?? ''), record: null, columns: null })
    expect((await verify()).fault).toMatchObject({ sequence: 9, kind: 'missing' })
  })

  it('neither signs nor prunes a broken chain', async () => {
    update(10, { record: '{}' })
    expect(await sign()).toMatchObject({ sequence: 10, kind: 'changed' })
    expect(await prune(entry(6).at)).toMatchObject([{ pruned: 0, fault: { sequence: 10 } }])
    expect(row(1).record).not.toBeNull()
  })
})
