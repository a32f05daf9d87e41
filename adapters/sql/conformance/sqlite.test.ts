import { afterAll, beforeAll, describe } from 'vitest'
import { sqliteUnderTest } from './engine-under-test.ts'
import { singleUse } from './single-use.ts'

const engine = sqliteUnderTest()

describe('the store on SQLite', () => {
  beforeAll(() => engine.start())
  afterAll(() => engine.stop())
  singleUse(engine)
})
