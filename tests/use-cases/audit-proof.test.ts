import { createUser, signCheckpoint, verifyAudit } from '@driftlock/application'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openRawDatabase, type RawDatabase } from '../../adapters/sql/testing/raw-database.ts'
import { COMMAND, type Deployment, openDeployment } from './testing/deployment.ts'

const CHAIN = 'test'

let deployment: Deployment
let database: RawDatabase

beforeEach(async () => {
  deployment = await openDeployment()
  database = await openRawDatabase(deployment.database)
  for (const username of ['ada', 'eve', 'sam', 'tom', 'zoe']) await create(username)
})
afterEach(async () => {
  await database.close()
  await deployment.close()
})

function create(username: string) {
  return createUser(deployment.ports, COMMAND, { username, securityDomainId: 'root' })
}

/** What `audit verify` says of the chain, in a word and a number. */
async function verdict(): Promise<string> {
  const reports = await Array.fromAsync(verifyAudit(deployment.ports, COMMAND))
  const faults = reports.flatMap(({ fault }) => (fault === undefined ? [] : [`${fault.kind} at ${fault.sequence}`]))
  return faults.length === 0 ? `good: ${reports.map(({ records }) => records).join()}` : faults.join()
}

describe('the proof of the audit log in its database', () => {
  it('is good while nobody touches it', async () => {
    expect(await verdict()).toBe('good: 5')
  })

  it('stays good while records are written', async () => {
    const writing = Promise.all(Array.from({ length: 40 }, (_, number) => create(`busy-${number}`)))
    for (let round = 0; round < 10; round += 1) expect(await verdict()).toMatch(/^good/)
    await writing
    expect(await verdict()).toBe('good: 45')
  })

  it('finds a record that was changed', async () => {
    await database.run(`UPDATE audit_records SET record = replace(record, 'sam', 'sim') WHERE sequence = 3`)
    expect(await verdict()).toBe('changed at 3')
  })

  it.each([
    ['at', '1'],
    ['action', `'authenticate'`],
    ['outcome', `'failure'`],
    ['reason', `'wrong-passcode'`],
    ['actor_id', `'somebody'`],
    ['user_id', `'somebody'`],
    ['token_serial', `'000000000001'`],
    ['security_domain_id', 'NULL'],
    ['agent', `'vpn'`],
    ['id', `'00000000-0000-7000-8000-000000000000'`],
  ])('finds a search column that was changed: %s', async (column, value) => {
    await database.run(`UPDATE audit_records SET ${column} = ${value} WHERE sequence = 4`)
    expect(await verdict()).toBe('changed at 4')
  })

  it('finds two records that changed places', async () => {
    await database.run('UPDATE audit_records SET sequence = -sequence WHERE sequence IN (2, 3)')
    await database.run('UPDATE audit_records SET sequence = 5 + sequence WHERE sequence < 0')
    expect(await verdict()).toBe('reordered at 2')
  })

  it('finds a record that was taken out, also when the later ones are renumbered', async () => {
    await database.run('DELETE FROM audit_records WHERE sequence = 2')
    expect(await verdict()).toBe('missing at 2')
    await renumber('sequence - 1', 'sequence > 2')
    expect(await verdict()).toBe('missing at 2')
  })

  it('finds a record that was put in, in the middle and at the end', async () => {
    await renumber('sequence + 1', 'sequence >= 3')
    await copyRecord({ from: 1, to: 3 })
    expect(await verdict()).toBe('inserted at 3')
    await database.run('DELETE FROM audit_records WHERE sequence = 3')
    await renumber('sequence - 1', 'sequence > 3')
    expect(await verdict()).toBe('good: 5')
    await copyRecord({ from: 5, to: 6 })
    expect(await verdict()).toMatch(/^(changed|inserted) at 6$/)
  })

  it('finds records of a chain that nobody writes', async () => {
    await copyRecord({ from: 1, to: 1, chain: 'ghost' })
    expect(await verdict()).toMatch(/^(changed|inserted) at 1$/)
  })

  it('finds an end that was cut off, also where the head was set back with it', async () => {
    await signCheckpoint({ ...deployment.ports, auditLog: await auditLog() }, CHAIN)
    const [before] = await database.rows('SELECT mac FROM audit_records WHERE sequence = 4')
    await database.run('DELETE FROM audit_records WHERE sequence = 5')
    expect(await verdict()).toBe('truncated at 5')
    await database.run(`UPDATE audit_chains SET sequence = 4, mac = (SELECT mac FROM audit_records WHERE sequence = 4)`)
    expect(before).toBeDefined()
    expect(await verdict()).toBe('truncated at 5')
  })

  it('finds an end that was cut off with its checkpoint, where the checkpoint was kept elsewhere', async () => {
    const signed = await signCheckpoint({ ...deployment.ports, auditLog: await auditLog() }, CHAIN)
    if (signed === undefined || 'kind' in signed) return expect.unreachable()
    await database.run('DELETE FROM audit_records')
    await database.run('DELETE FROM audit_chains')
    await database.run('DELETE FROM audit_checkpoints')
    expect(await verdict()).toBe('good: ')
    const kept = { keptCheckpoints: [signed] }
    const [report] = await Array.fromAsync(verifyAudit(deployment.ports, COMMAND, kept))
    expect(report?.fault).toMatchObject({ kind: 'truncated', sequence: 1 })
  })
})

async function auditLog() {
  const { administration } = deployment.ports
  const addCheckpoint = (checkpoint: Parameters<Repository['addCheckpoint']>[0]) =>
    administration.transaction((tx) => tx.auditLog.addCheckpoint(checkpoint))
  const prune = async (): Promise<number> => 0
  return { ...administration.read.auditLog, addCheckpoint, prune }
}

type Repository = Parameters<typeof signCheckpoint>[0]['auditLog']

/** Through negative numbers, because each number may be there once. */
async function renumber(to: string, which: string): Promise<void> {
  await database.run(`UPDATE audit_records SET sequence = -(${to}) WHERE ${which}`)
  await database.run('UPDATE audit_records SET sequence = -sequence WHERE sequence < 0')
}

async function copyRecord({ from, to, chain = CHAIN }: { from: number; to: number; chain?: string }): Promise<void> {
  const columns = 'mac, key_id, record, at, action, outcome, reason, actor_id, user_id, token_serial, agent'
  await database.run(
    `INSERT INTO audit_records (id, chain_id, sequence, security_domain_id, ${columns})
     SELECT 'copy-' || id, '${chain}', ${to}, security_domain_id, ${columns}
     FROM audit_records WHERE sequence = ${from} AND chain_id = '${CHAIN}'`,
  )
}
