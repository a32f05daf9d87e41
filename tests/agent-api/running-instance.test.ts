import { afterAll, beforeAll, expect, it } from 'vitest'
import { openInstance } from '@driftlock/driftlock'
import { type AgentInstance, startAgentInstance } from './testing/agent-instance.ts'

let api: AgentInstance
beforeAll(async () => {
  api = await startAgentInstance()
})
afterAll(() => api.close())

it('signs the audit log when it stops', async () => {
  const { instance, running } = api
  const { dataFolder, name } = instance
  await running.stop(1000)
  const after = await openInstance({ dataFolder: dataFolder.path, environment: {}, name: 'command' })
  try {
    const checkpoints = await after.store.administration.read.auditLog.checkpoints(name)
    expect(checkpoints.length).toBeGreaterThan(0)
  } finally {
    await after.close()
  }
})
