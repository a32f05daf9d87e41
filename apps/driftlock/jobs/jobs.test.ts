import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AdministrationContext, createUser, enqueueJob, type JobKind, runNextJob } from '@driftlock/application'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { initialiseInstance } from '../instance/initialise-instance.ts'
import { type Instance, openInstance } from '../instance/open-instance.ts'
import { doJob } from './do-job.ts'
import { jobRunners } from './job-runners.ts'
import { takeUpJobs } from './take-up-jobs.ts'

const SHELL: AdministrationContext = {
  authority: { type: 'command' },
  actor: { type: 'command', id: '0', name: 'root' },
}

let folder: string
let instance: Instance

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'driftlock-jobs-'))
  instance = await initialiseInstance({ dataFolder: folder, environment: {}, name: 'am1' })
  for (const username of ['ada', 'eve']) {
    await createUser(instance.administration, SHELL, { username, securityDomainId: 'root' })
  }
})
afterEach(async () => {
  await instance.close()
  rmSync(folder, { recursive: true })
})

function enqueue(kind: JobKind, parameters?: unknown) {
  const ports = { ...instance.administration, operations: instance.store.operations }
  return enqueueJob(ports, SHELL, { kind, parameters })
}

async function generations(): Promise<readonly number[]> {
  return (await instance.store.keys.list()).filter(({ purpose }) => purpose === 'seed').map((key) => key.generation)
}

describe('long work', () => {
  it('is taken up by an instance that runs, and its result kept', async () => {
    const errors: unknown[] = []
    const jobs = await Promise.all([
      enqueue('verify-audit'),
      enqueue('discard-left-overs'),
      enqueue('rotate-keys', {
        purposes: ['seed'],
        graceMs: 0,
      }),
    ])
    const task = takeUpJobs(instance, 'am1', (error) => errors.push(error))
    const states = () =>
      Promise.all(jobs.map(async ({ id }) => (await instance.store.operations.jobs.find(id))?.status))
    await expect.poll(states, { timeout: 20_000 }).toEqual(['succeeded', 'succeeded', 'succeeded'])
    await task.stop()
    expect(errors).toEqual([])
    const verified = await instance.store.operations.jobs.find(jobs[0]?.id ?? '')
    expect(verified?.result).toMatchObject({ intact: true, chains: [{ chainId: 'am1' }] })
    expect(await generations()).toEqual(expect.arrayContaining([1, 2]))
  })

  it('goes on in another process where one that was stopped left it: no key is made twice', async () => {
    const { id } = await enqueue('rotate-keys', { purposes: ['seed'], graceMs: 600_000 })
    const operations = instance.store.operations
    const runners = jobRunners(instance)
    const stopped = { operations, clock: instance.clock, instanceId: 'one', runners, isStopping: () => true }
    expect(await runNextJob(stopped)).toMatchObject({ id, status: 'running', finishedAt: null })
    expect(await generations()).toHaveLength(2)
    const waiting = await operations.jobs.find(id)
    const checkpoint = { ...Object(waiting?.checkpoint), waitUntil: 0 }
    const later = await openInstance({ dataFolder: folder, environment: {}, name: 'command' })
    const claim = { holder: 'two', now: instance.clock.now(), until: instance.clock.now() }
    const taken = await operations.jobs.claim({ ...claim, kinds: ['rotate-keys'] })
    if (taken === undefined) return expect.unreachable()
    await operations.jobs.report({ ...taken, checkpoint }, claim)
    const runner = jobRunners(later)['rotate-keys']
    const job = await doJob(later, { id, kind: 'rotate-keys', runner, holder: 'three', onStep: () => undefined })
    expect(job).toMatchObject({ status: 'succeeded', result: { made: { seed: expect.any(String) } } })
    expect(await generations()).toHaveLength(2)
    await later.close()
  })

  it('that fails keeps its code, and is over', async () => {
    const { id } = await enqueue('prune-audit', { before: 'yesterday' })
    const runner = jobRunners(instance)['prune-audit']
    const job = await doJob(instance, { id, kind: 'prune-audit', runner, holder: 'one', onStep: () => undefined })
    expect(job).toMatchObject({ status: 'failed', errorCode: 'UNEXPECTED' })
  })
})
