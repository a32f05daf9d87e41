import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { unixMs } from '@driftlock/domain'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openAs, postgresqlUnderTest } from '../../adapters/sql/testing/conformance/engine-under-test.ts'
import { sampleId } from '../../adapters/sql/testing/sample-data.ts'
import type { Order, Told } from './scheduled-process.ts'

const program = fileURLToPath(new URL('./scheduled-process.ts', import.meta.url))
const AFTER_THE_LEASE_MS = 61_000

async function told(child: ChildProcess): Promise<Told> {
  const [message] = (await once(child, 'message')) as readonly unknown[] // the arguments of the event
  return message as Told // scheduled-process tells nothing else
}

function order(child: ChildProcess, { aheadMs = 0, hangs = false, ...more }: Partial<Order> & Pick<Order, 'work'>) {
  const answer = told(child)
  child.send({ ...more, aheadMs, hangs } satisfies Order)
  return answer
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill('SIGKILL')
  await exit
}

describe('scheduled work of two processes on one PostgreSQL', () => {
  const engine = postgresqlUnderTest()
  let database = ''
  let one: ChildProcess
  let two: ChildProcess
  beforeAll(() => engine.start())
  afterAll(() => engine.stop())
  beforeEach(async () => {
    database = await engine.newDatabase()
    await (await openAs('set-up', database)).close()
    ;[one, two] = [fork(program, [database, 'one']), fork(program, [database, 'two'])]
    await Promise.all([one, two].map((child) => once(child, 'message')))
  })
  afterEach(async () => {
    await Promise.all([one, two].map(kill))
  })

  it('is done by one of them, and by the other after the lease when its holder is killed', async () => {
    expect(await order(one, { work: 'lease', hangs: true })).toMatchObject({ name: 'one', did: 'begun' })
    expect(await order(two, { work: 'lease' })).toMatchObject({ did: 'nothing' })
    await kill(one)
    expect(await order(two, { work: 'lease' })).toMatchObject({ did: 'nothing' })
    expect(await order(two, { work: 'lease', aheadMs: AFTER_THE_LEASE_MS })).toMatchObject({ name: 'two', did: 'done' })
  })

  it('falls to either of them at once when it was ended', async () => {
    expect(await order(one, { work: 'lease' })).toMatchObject({ name: 'one', did: 'done' })
    expect(await order(two, { work: 'lease' })).toMatchObject({ name: 'two', did: 'done' })
  })

  it('goes on where a killed process left a job', async () => {
    const store = await openAs('set-up', database)
    await store.operations.jobs.enqueue({
      id: sampleId(),
      kind: 'discard-left-overs',
      status: 'queued',
      parameters: null,
      checkpoint: null,
      doneCount: 0,
      totalCount: null,
      result: null,
      errorCode: null,
      createdBy: 'someone',
      createdAt: unixMs(Date.now()),
      startedAt: null,
      finishedAt: null,
      cancelRequested: false,
    })
    expect(await order(one, { work: 'job', hangs: true })).toMatchObject({ did: 'begun', from: null })
    await kill(one)
    expect(await order(two, { work: 'job' })).toMatchObject({ did: 'nothing' })
    const taken = await order(two, { work: 'job', aheadMs: AFTER_THE_LEASE_MS })
    expect(taken).toMatchObject({ name: 'two', did: 'done', from: 'half' })
    const { items } = await store.operations.jobs.list({}, { limit: 2 })
    expect(items).toMatchObject([{ status: 'succeeded', result: { whole: true } }])
    await store.close()
  })
})
