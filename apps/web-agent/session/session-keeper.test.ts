import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { Seal } from '../sealing/seal.ts'
import { LogOffList } from './log-off-list.ts'
import { type SessionLimits, SessionKeeper } from './session-keeper.ts'

const folder = mkdtempSync(join(tmpdir(), 'driftlock-sessions-'))
afterAll(() => rmSync(folder, { recursive: true }))

const key = randomBytes(32)
const NOW = 1_800_000_000_000
const here = { host: 'app.example.com', address: '192.0.2.7' }
const ada = { username: 'ada', groups: ['Example'], loggedOnAt: NOW }
const list = (file?: string) => new LogOffList({ file, key, keepMs: 10_000_000 })

function keeper({ keys = [key], logOffs = list(), ...limits }: Partial<SessionLimits> & Parts = {}): SessionKeeper {
  return new SessionKeeper(
    new Seal(keys),
    { idleMs: 600_000, absoluteMs: 3_600_000, bindAddress: false, ...limits },
    logOffs,
  )
}

interface Parts {
  readonly keys?: readonly Buffer[]
  readonly logOffs?: LogOffList
}

describe('a session', () => {
  it('holds at its host, until it is idle for too long or old', () => {
    const sessions = keeper()
    const cookie = sessions.begin(ada, here)
    expect(sessions.read(cookie, here, NOW)).toMatchObject(ada)
    expect(sessions.read(cookie, { ...here, host: 'other.example.com' }, NOW)).toBeUndefined()
    expect(sessions.read(cookie, here, NOW + 600_001)).toBeUndefined()
    const busy = sessions.renew({ ...ada, seenAt: NOW }, here, NOW + 3_600_000)
    expect(sessions.read(busy, here, NOW + 3_600_000)).toMatchObject(ada)
    expect(sessions.read(busy, here, NOW + 3_600_001)).toBeUndefined()
  })

  it('is opened by another agent with the same key, under an older key too, and by nobody else', () => {
    const cookie = keeper().begin(ada, here)
    expect(keeper({ keys: [randomBytes(32), key] }).read(cookie, here, NOW)).toMatchObject(ada)
    expect(keeper({ keys: [randomBytes(32)] }).read(cookie, here, NOW)).toBeUndefined()
    const changed = `${cookie.slice(0, 40)}${cookie[40] === 'A' ? 'B' : 'A'}${cookie.slice(41)}`
    expect(keeper().read(changed, here, NOW)).toBeUndefined()
    expect(keeper().read('', here, NOW)).toBeUndefined()
  })

  it('holds at the address it began at, where it is bound to that; for IPv6 in its /64', () => {
    const sessions = keeper({ bindAddress: true })
    const cookie = sessions.begin(ada, here)
    expect(sessions.read(cookie, here, NOW)).toBeDefined()
    expect(sessions.read(cookie, { ...here, address: '192.0.2.8' }, NOW)).toBeUndefined()
    const six = sessions.begin(ada, { ...here, address: '2001:db8::1' })
    expect(sessions.read(six, { ...here, address: '2001:db8:0:0:5::9' }, NOW)).toBeDefined()
    expect(sessions.read(six, { ...here, address: '2001:db8:0:1::1' }, NOW)).toBeUndefined()
  })

  it('is over everywhere, at the other agents of the site too, when its user logs off everywhere', async () => {
    const file = join(folder, 'log-offs')
    const [one, two] = [list(file), list(file)]
    const elsewhere = keeper({ logOffs: two })
    const cookie = keeper({ logOffs: one }).begin(ada, here)
    await one.logOffEverywhere('ada', NOW + 1000)
    expect(elsewhere.read(cookie, here, NOW + 2000)).toBeDefined()
    await two.refresh(NOW + 2000)
    expect(elsewhere.read(cookie, here, NOW + 2000)).toBeUndefined()
    const later = keeper({ logOffs: one }).begin({ ...ada, loggedOnAt: NOW + 3000 }, here)
    expect(elsewhere.read(later, here, NOW + 3000)).toBeDefined()
  })
})
