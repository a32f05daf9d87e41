import { importTokens } from '@driftlock/application'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { COMMAND, type Deployment, openDeployment, totpList } from './testing/deployment.ts'

let deployment: Deployment
beforeEach(async () => {
  deployment = await openDeployment()
})
afterEach(() => deployment.close())

it('is on record as a failure, with a reason of its own', async () => {
  const { ports, store, clock } = deployment
  const rest = { format: 'csv', securityDomainId: 'root', duplicates: 'refuse', origin: 'list.csv' } as const
  const file = () => ({ source: totpList(['T1']), ...rest })
  await importTokens(ports, COMMAND, file())
  clock.advanceMs(1)
  expect(await importTokens(ports, COMMAND, file())).toMatchObject({ outcome: 'refused' })
  const { items } = await store.administration.read.auditLog.search({ actions: ['import-tokens'] }, { limit: 2 })
  expect(items.map(({ entry }) => [entry.outcome, entry.reason])).toEqual([
    ['failure', 'import-refused'],
    ['success', 'done'],
  ])
})
