import type { HaPorts } from '@driftlock/application'
import { serverLogger } from '@driftlock/http'
import { expect, it } from 'vitest'
import { synchronising } from './synchronise.ts'

const timersThatKeepTheProcess = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length

it('leaves nothing behind that keeps a stopped process from its end', async () => {
  const before = timersThatKeepTheProcess()
  const idle = {} as HaPorts // stopped before its first look
  await synchronising(idle, serverLogger({ level: 'silent' })).stop()
  expect(timersThatKeepTheProcess()).toBe(before)
})
