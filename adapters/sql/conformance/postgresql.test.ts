import { afterAll, beforeAll, describe } from 'vitest'
import { postgresqlUnderTest } from './engine-under-test.ts'
import { singleUse } from './single-use.ts'

const engine = postgresqlUnderTest()

describe('the store on PostgreSQL', () => {
  beforeAll(() => engine.start())
  afterAll(() => engine.stop())
  singleUse(engine)
})
