import { writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { type AuthenticationStore, StoreError, type StoredSubject } from '@driftlock/application'
import { acceptance } from '../sample-data.ts'
import { openAs } from './engine-under-test.ts'

/** One acknowledged login: what must be found again after any crash. */
export interface Acknowledged {
  readonly auditId: string
  readonly tokenId: string
  readonly step: number
}

/** Logs one user in again and again, each time with the next step, and tells of every acknowledgement. */
export async function keepLoggingIn(
  store: AuthenticationStore,
  username: string,
  options: { readonly tell: (login: Acknowledged) => void; readonly goesOn: () => boolean },
): Promise<void> {
  while (options.goesOn()) {
    try {
      const login = await logIn(store, username)
      if (login !== undefined) options.tell(login)
    } catch (error) {
      // Refused, so nothing was written: a person would try again.
      if (!(error instanceof StoreError) || error.code !== 'STORE_UNAVAILABLE') throw error
      await sleep(20)
    }
  }
}

async function logIn(store: AuthenticationStore, username: string): Promise<Acknowledged | undefined> {
  const [subject] = (await store.lookup([username])).subjects
  const job = acceptance(subject as StoredSubject, nextStep(subject)) // a user the caller has stored
  if ((await store.commit(job)) !== 'committed') return undefined
  const [change] = job.changes.tokens
  const [entry] = job.audit
  return change && entry && { auditId: entry.id, tokenId: change.tokenId, step: Number(change.state.highWaterStep) }
}

function nextStep(subject: StoredSubject | undefined): number {
  return Number(subject?.tokens[0]?.state.highWaterStep ?? 0n) + 1
}

/** Writes a line at once, waiting while the pipe is full: what was told must be told whole. */
function writeLine(line: string): void {
  const octets = Buffer.from(`${line}\n`)
  for (let written = 0; written < octets.length; ) {
    try {
      written += writeSync(1, octets, written)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1)
    }
  }
}

/** Run as a program: `login-load.ts DATABASE INSTANCE USERNAME…`; writes a line of JSON for each acknowledgement. */
if (import.meta.main) {
  const [database = '', instance = '', ...usernames] = process.argv.slice(2)
  const store = await openAs(instance, database)
  const tell = (login: Acknowledged) => writeLine(JSON.stringify(login))
  await Promise.all(
    usernames.map((username) => keepLoggingIn(store.authentication, username, { tell, goesOn: () => true })),
  )
}
