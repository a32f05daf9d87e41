import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const GENERATOR = fileURLToPath(new URL('../../../../shared/tools/radload.mjs', import.meta.url))

/** Who logs on: PIN and TOTP (SHA-1, six digits, 30 s), once each. */
export interface LoadUser {
  readonly username: string
  readonly pin: string
  readonly seed: Uint8Array
}

export interface Load {
  readonly port: number
  readonly secret: string
  readonly users: readonly LoadUser[]
  /** Requests under way at once. */
  readonly concurrency: number
}

export interface LoadResult {
  readonly perSecond: number
  /** Requests without an answer within three seconds; nothing is sent twice. */
  readonly lost: number
  /** Answers that are not to the request, or not an accept. */
  readonly wrong: number
  readonly p50Ms: number
  readonly p99Ms: number
}

/** What the generator prints. */
interface Printed {
  readonly accept: number
  readonly reject: number
  readonly challenge: number
  readonly timeout: number
  readonly bad: number
  readonly accept_per_s: number
  readonly p50_ms: number
  readonly p99_ms: number
}

/** Logs every user in once, so many at a time, from a process of its own that checks every answer. */
export async function load({ port, secret, users, concurrency }: Load): Promise<LoadResult> {
  const folder = mkdtempSync(join(tmpdir(), 'driftlock-load-'))
  const list = join(folder, 'users.csv')
  writeFileSync(list, users.map(lineOf).join('\n'), { mode: 0o600 })
  try {
    const given = ['--port', String(port), '--secret', secret, '--users', list, '-c', String(concurrency), '--json']
    const child = spawn(process.execPath, [GENERATOR, ...given], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [output] = await Promise.all([text(child.stdout), once(child, 'exit')])
    return resultOf(JSON.parse(output) as Printed) // printed by the generator
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function lineOf({ username, pin, seed }: LoadUser): string {
  return `${username},@totp:${Buffer.from(seed).toString('hex')}:${pin}`
}

function resultOf(printed: Printed): LoadResult {
  const { accept_per_s: perSecond, timeout: lost, reject, challenge, bad, p50_ms: p50Ms, p99_ms: p99Ms } = printed
  return { perSecond, lost, wrong: reject + challenge + bad, p50Ms, p99Ms }
}
