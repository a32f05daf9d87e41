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

openDeploymentsOn(async () => {
  const schema = await makeScratchSchema(database)
  // It goes with the server: dropping each would take as long as the tests.
  return { database: schema.database, drop: async () => undefined }
})

// The same tests once more: one server for all of them, a schema for each deployment. A group each, so that what one file
// does before its tests is not done before another's.
describe('on PostgreSQL', () => {
  describe('administration', async () => {
    await import('./administration.test.ts')
  })
  describe('the proof of the audit log', async () => {
    await import('./audit-proof.test.ts')
  })
  describe('distribution', async () => {
    await import('./distribution.test.ts')
  })
  describe('the help desk', async () => {
    await import('./help-desk.test.ts')
  })
  describe('self-service', async () => {
    await import('./self-service.test.ts')
  })
})
