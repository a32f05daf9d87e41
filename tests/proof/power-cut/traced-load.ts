import { openSync, writeSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { loginName } from '@driftlock/application'
import { openAs } from '../../../adapters/sql/testing/conformance/engine-under-test.ts'
import { type Acknowledged, keepLoggingIn } from '../../../adapters/sql/testing/conformance/login-load.ts'

/** So often the log is copied into the database and begun anew: what a day of log-ons does once in a while. */
const LOGINS_PER_CHECKPOINT = 40

/**
 * Run as a program: `traced-load.ts DATABASE ACKNOWLEDGEMENTS COUNT USERNAME…`. Logs the users in at the same time, until so
 * many log-ons were acknowledged; writes each to the file of acknowledgements in the moment a caller would be answered.
 */
const [database = '', acknowledgements = '', count = '', ...usernames] = process.argv.slice(2)
const told = openSync(acknowledgements, 'a')
const store = await openAs('one', database)
const other = new DatabaseSync(database)
let acknowledged = 0
const tell = (login: Acknowledged) => {
  writeSync(told, `${JSON.stringify(login)}\n`)
  acknowledged += 1
  if (acknowledged % LOGINS_PER_CHECKPOINT === 0) other.exec('PRAGMA wal_checkpoint(RESTART)')
}
const goesOn = () => acknowledged < Number(count)
await Promise.all(usernames.map((name) => keepLoggingIn(store.authentication, loginName(name), { tell, goesOn })))
other.close()
await store.close()
