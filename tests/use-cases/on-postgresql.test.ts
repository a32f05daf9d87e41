import { afterAll, beforeAll, describe } from 'vitest'
import { makeScratchSchema } from '../../adapters/sql/postgresql/scratch-schema.ts'
import { type ScratchPostgresql, startScratchPostgresql } from '../../adapters/sql/testing/scratch-postgresql.ts'
import { openDeploymentsOn } from './testing/deployment.ts'

let server: ScratchPostgresql
let database = ''

beforeAll(async () => {
  server = await startScratchPostgresql(['autovacuum=off'])
  database = await server.createDatabase()
})
afterAll(() => server.stop())

openDeploymentsOn(() => makeScratchSchema(database))

// The same tests once more: one server for all of them, a schema for each deployment.
describe('on PostgreSQL', async () => {
  await import('./administration.test.ts')
  await import('./audit-proof.test.ts')
  await import('./authorisation.test.ts')
  await import('./distribution.test.ts')
  await import('./help-desk.test.ts')
  await import('./self-service.test.ts')
})
