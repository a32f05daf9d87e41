import { checkDatabase } from '../commands/check-database.ts'
import type { Instance } from '../instance/open-instance.ts'
import type { Finding } from './folder-findings.ts'

const STALE_MS = 120_000

/** The database: sound, durable, and who runs on it. */
export async function databaseFindings({ store, database, clock }: Instance): Promise<readonly Finding[]> {
  const unsafe = store.warnings.map(
    (text): Finding => ({
      check: 'database',
      level: 'fault',
      text,
      advice: 'Switch them on in postgresql.conf and reload the server.',
    }),
  )
  const instances = await store.operations.instances.all()
  const stopped = instances.filter(
    ({ stoppedAt, heartbeatAt }) => stoppedAt === null && clock.now() - heartbeatAt > STALE_MS,
  )
  const silent = stopped.map(
    ({ name, heartbeatAt }): Finding => ({
      check: 'instances',
      level: 'note',
      text: `Instance ${name} has been silent since ${new Date(heartbeatAt).toISOString().slice(0, 16)}Z and did not say that it stopped.`,
      advice: 'See whether it runs, and its log.',
    }),
  )
  return [
    ...(store.kind === 'sqlite'
      ? [sqliteFinding(database)]
      : [good('PostgreSQL answers and keeps what it acknowledges.')]),
    ...unsafe,
    ...silent,
  ]
}

function sqliteFinding(path: string): Finding {
  const { faults, users, tokens } = checkDatabase(path)
  if (faults.length === 0) return good(`The database is sound: ${users} users, ${tokens} tokens.`)
  return {
    check: 'database',
    level: 'fault',
    text: `The database is damaged: ${faults.join('; ')}.`,
    advice: 'Stop the instances, keep a copy of the file, and restore the latest backup: driftlock restore',
  }
}

function good(text: string): Finding {
  return { check: 'database', level: 'good', text, advice: '' }
}
