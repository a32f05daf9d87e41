import { afterAll, beforeAll, describe } from 'vitest'
import { administrationSuite } from './administration.ts'
import { cloudCompaniesApartSuite, cloudFeedSuite } from './cloud-feed.ts'
import { cloudStoreSuite } from './cloud-store.ts'
import { postgresqlUnderTest } from './engine-under-test.ts'
import { durabilitySuite } from './durability.ts'
import { highAvailabilitySuite } from './high-availability.ts'
import { importSuite } from './import.ts'
import { listsSuite } from './lists.ts'
import { operationsSuite } from './operations.ts'
import { singleUse } from './single-use.ts'
import { upgradeSuite } from './upgrade.ts'

const engine = postgresqlUnderTest()

describe('the store on PostgreSQL', () => {
  beforeAll(() => engine.start())
  afterAll(() => engine.stop())
  singleUse(engine)
  administrationSuite(engine)
  listsSuite(engine)
  importSuite(engine)
  operationsSuite(engine)
  highAvailabilitySuite(engine)
  upgradeSuite(engine)
  durabilitySuite(engine)
  cloudStoreSuite(engine)
  cloudFeedSuite(engine)
  cloudCompaniesApartSuite(engine)
})
