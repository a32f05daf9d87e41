import { codeSource, stepAt, unixMs } from '@driftlock/domain'
import { MS_PER_MINUTE } from '@driftlock/domain'
import type { Manager } from '../../high-availability/testing/manager.ts'
import { nameOf } from '../scale/grown-store.ts'
import { appSeed, appSerialOf } from './sealed-feed.ts'

const CALLERS = 16

/** Log-ons with app codes of users spread over a store, each once. @returns processor time of one, in microseconds. */
export async function logOnMicros(manager: Manager, recordCount: number, offset: number): Promise<number> {
  const users = Math.min(1000, recordCount)
  const apart = Math.floor(recordCount / users)
  const queue = Array.from({ length: users }, (_, place) => {
    const number = place * apart + 1 + (offset % apart)
    return { name: nameOf(number), code: codeAt(number, Date.now()) }
  })
  const cpu = process.cpuUsage()
  const next = queue.values()
  await Promise.all(
    Array.from({ length: CALLERS }, async () => {
      for (const { name, code } of next) {
        const answer = await manager.logIn(name, code)
        if (!answer.startsWith('accept')) throw new Error(`${name} was to get in, but: ${answer}`)
      }
    }),
  )
  const { user, system } = process.cpuUsage(cpu)
  return (user + system) / users
}

function codeAt(number: number, atMs: number): string {
  const record = { kind: 'totp', algorithm: 'sha256', digits: 8, intervalSeconds: 60, t0Seconds: 0 } as const
  const shown = { ...record, serial: appSerialOf(number) }
  return codeSource(shown, appSeed(number)).code(stepAt(shown, unixMs(atMs)))
}

/** Waits for the next code of all apps. */
export async function nextMinute(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, MS_PER_MINUTE - (Date.now() % MS_PER_MINUTE) + 100))
}
