import { createSecurityDomain, createUser, runReport } from '@driftlock/application'
import { expect, it } from 'vitest'
import { COMMAND, openDeployment } from './testing/deployment.ts'

it('names security domains in reports as people know them', async () => {
  const { ports, close } = await openDeployment()
  const sales = await createSecurityDomain(ports, COMMAND, { name: 'Sales', parentId: 'root' })
  const { id } = await createSecurityDomain(ports, COMMAND, { name: 'North', parentId: sales.id })
  await createUser(ports, COMMAND, { username: 'ada', securityDomainId: id })
  const rows = await Array.fromAsync(runReport(ports, COMMAND, { report: 'all-users' }))
  expect(rows.map((row) => row[4])).toEqual(['SystemDomain > Sales > North'])
  await close()
})
