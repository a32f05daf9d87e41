import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePort } from '@driftlock/sql/testing'
import type { LoadUser } from './load.ts'

const LIBRARIES = [
  '/usr/lib/freeradius',
  '/usr/lib/x86_64-linux-gnu/freeradius',
  '/usr/lib/aarch64-linux-gnu/freeradius',
]

/** FreeRADIUS with rlm_totp on a free port, PIN and TOTP of the users in its files module; nothing is stored. */
export interface FreeRadius {
  readonly port: number
  stop(): Promise<void>
}

/** Starts Debian's FreeRADIUS from a scratch folder; `undefined` where it or its TOTP module is not installed. */
export async function startFreeRadius(users: readonly LoadUser[], secret: string): Promise<FreeRadius | undefined> {
  const libraries = LIBRARIES.find((path) => existsSync(path) && readdirSync(path).includes('rlm_totp.so'))
  if (libraries === undefined || !existsSync('/usr/sbin/freeradius')) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'driftlock-freeradius-'))
  mkdirSync(join(folder, 'run'))
  const port = await freePort('udp')
  writeFileSync(join(folder, 'users'), users.map(userLine).join('\n'), { mode: 0o600 })
  writeFileSync(join(folder, 'radiusd.conf'), configuration({ folder, libraries, port, secret }), { mode: 0o600 })
  const child = spawn('/usr/sbin/freeradius', ['-f', '-d', folder, '-l', join(folder, 'log')], { stdio: 'ignore' })
  await sleep(2500)
  if (child.exitCode !== null) {
    const log = spawn('cat', [join(folder, 'log')], { stdio: 'inherit' })
    await once(log, 'exit')
    rmSync(folder, { recursive: true, force: true })
    throw new Error('FreeRADIUS did not start.')
  }
  return { port, stop: () => stop(child, folder) }
}

async function stop(child: ChildProcess, folder: string): Promise<void> {
  const exit = once(child, 'exit')
  child.kill()
  await exit
  rmSync(folder, { recursive: true, force: true })
}

function userLine({ username, seed, pin }: LoadUser): string {
  return `${username} TOTP-Secret := "${base32(seed)}", Tmp-String-0 := "${pin}"`
}

function base32(octets: Uint8Array): string {
  const bits = [...octets].map((octet) => octet.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.charAt(Number.parseInt(five.padEnd(5, '0'), 2)))
    .join('')
}

function configuration(facts: { folder: string; libraries: string; port: number; secret: string }): string {
  const { folder, libraries, port, secret } = facts
  return `
name = freeradius
prefix = /usr
run_dir = ${folder}/run
libdir = ${libraries}
pidfile = ${folder}/run/pid
max_requests = 65536
log {
  destination = files
  file = ${folder}/log
  auth = no
}
security {
  allow_core_dumps = no
  max_attributes = 200
  reject_delay = 0
  status_server = no
}
thread pool {
  start_servers = 2
  max_servers = 8
  min_spare_servers = 2
  max_spare_servers = 8
  max_requests_per_server = 0
}
client bench {
  ipaddr = 127.0.0.1
  secret = ${secret}
}
modules {
  files {
    usersfile = ${folder}/users
    key = "%{User-Name}"
  }
  totp {
  }
}
server default {
  listen {
    type = auth
    ipaddr = 127.0.0.1
    port = ${port}
  }
  authorize {
    files
    if (&User-Password =~ /^(....)(......)$/) {
      if ("%{1}" == "%{control:Tmp-String-0}") {
        update request {
          TOTP-Password := "%{2}"
        }
        update control {
          Auth-Type := TOTP
        }
      }
    }
  }
  authenticate {
    Auth-Type TOTP {
      totp
    }
  }
}
`
}
