import {
  appTokenState,
  type AuditChain,
  type CommitOutcome,
  type LookupAnswer,
  type StoredSubject,
} from '@driftlock/application'
import { appTokenRecord, type UnixMs } from '@driftlock/domain'
import { writeAudit } from '../administration/audit-writer.ts'
import type { Engine } from '../engine.ts'
import type { HotEngine } from '../hot/batched-authentication-store.ts'
import type { PreparedJob, PreparedToken } from '../hot/prepared-job.ts'
import { bytes, searchKey, stepOf } from '../rows/values.ts'
import { DEVICE_COLUMNS, deviceOf, type DeviceRow } from './app-devices.ts'
import type { CloudDatabase } from './cloud-tables.ts'
import { companyRepository, holdCompanies } from './companies.ts'
import { userOfRow } from './company-users.ts'

export interface CloudLogOnParts {
  readonly engine: Engine
  readonly chain: AuditChain
  readonly now: () => UnixMs
}

/**
 * Log-ons of the cloud for the batched store: names are `company\attribute`, or the serial of an app in use. Jobs that come together share a transaction,
 * in which the companies concerned are held first, as by every other writer of devices.
 */
export function cloudLogOns({ engine, chain, now }: CloudLogOnParts): HotEngine {
  const reader: CloudDatabase = engine.reader.withTables()
  return {
    async lookup(names): Promise<LookupAnswer> {
      try {
        // Policies of the cloud do not change while it runs.
        return { configVersion: 1, subjects: await Promise.all(names.map((name) => subjectNamed(reader, name))) }
      } catch (error) {
        throw engine.translate(error)
      }
    },
    commit: (jobs) =>
      engine.write(
        async (queries) => {
          const database: CloudDatabase = queries.withTables()
          const companyIds = await companiesOf(database, jobs)
          await holdCompanies(database, [...new Set(companyIds.values())].toSorted(), engine.kind)
          const outcomes: CommitOutcome[] = []
          const writing = { database, companyIds, companies: companyRepository(database, now()) }
          for (const job of jobs) outcomes.push(await commitOne(writing, job))
          const audit = jobs.flatMap((job, index) => (outcomes[index] === 'committed' ? job.audit : []))
          await writeAudit(queries, audit, { chain, kind: engine.kind })
          return outcomes
        },
        () => jobs.flatMap(({ audit }) => audit.map(({ id }) => id)),
      ),
  }
}

/** @returns undefined for nobody, and for an attribute that several sources of the company know. */
async function subjectNamed(database: CloudDatabase, name: string): Promise<StoredSubject | undefined> {
  const cut = name.indexOf('\\')
  const everybody = database
    .selectFrom('company_users')
    .innerJoin('companies', 'companies.id', 'company_users.company_id')
    .selectAll('company_users')
    .select('companies.name as company_name')
    .where('company_users.deleted_at', 'is', null)
  const named =
    cut < 0
      ? everybody.where('company_users.id', 'in', ownerOf(database, name))
      : everybody
          .where('companies.name_key', '=', searchKey(name.slice(0, cut)))
          .where('company_users.attribute_key', '=', searchKey(name.slice(cut + 1)))
  const [row, ...others] = await named.limit(2).execute()
  if (row === undefined || others.length > 0) return undefined
  const { id, companyId, attribute, enabled, version, guesses } = userOfRow(row)
  const username = `${row.company_name}\\${attribute}`
  const user = { id, username, securityDomainId: companyId, enabled, startsAt: null, expiresAt: null, version, guesses }
  return { user, tokens: await tokensOf(database, id) }
}

/** Serials are upper case; login names come in lower case. */
function ownerOf(database: CloudDatabase, serial: string) {
  return database
    .selectFrom('app_devices')
    .select('app_devices.user_id')
    .where('app_devices.serial', '=', serial.toUpperCase())
    .where('app_devices.status', '=', 'active')
}

async function tokensOf(database: CloudDatabase, userId: string): Promise<StoredSubject['tokens']> {
  const rows = await database
    .selectFrom('app_devices')
    .select([...DEVICE_COLUMNS, 'app_devices.seed'])
    .where('user_id', '=', userId)
    .where('status', '=', 'active')
    .execute()
  return rows.map(storedTokenOf)
}

function storedTokenOf(row: DeviceRow & { readonly seed: Uint8Array | null }) {
  const device = deviceOf(row)
  return {
    record: appTokenRecord({ ...device, enabled: true }),
    state: appTokenState(device),
    seed: bytes(row.seed ?? new Uint8Array()), // an active device has one
  }
}

async function companiesOf(
  database: CloudDatabase,
  jobs: readonly PreparedJob[],
): Promise<ReadonlyMap<string, string>> {
  const userIds = jobs.flatMap(({ userId }) => (userId === null ? [] : [userId]))
  if (userIds.length === 0) return new Map()
  const rows = await database
    .selectFrom('company_users')
    .select(['id', 'company_id'])
    .where('id', 'in', userIds)
    .execute()
  return new Map(rows.map((row) => [row.id, row.company_id]))
}

interface Writing {
  readonly database: CloudDatabase
  readonly companyIds: ReadonlyMap<string, string>
  readonly companies: ReturnType<typeof companyRepository>
}

async function commitOne(writing: Writing, job: PreparedJob): Promise<CommitOutcome> {
  if (job.userId === null) return 'committed'
  const { database } = writing
  const companyId = writing.companyIds.get(job.userId)
  const user = await database
    .selectFrom('company_users')
    .select('version')
    .where('id', '=', job.userId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  if (companyId === undefined || user?.version !== job.userVersion) return 'conflict'
  for (const token of job.tokens) if (!(await tokenHolds(database, token))) return 'conflict'
  if (job.guesses !== null) {
    await database
      .updateTable('company_users')
      .set((eb) => ({ ...job.guesses, version: eb('version', '+', 1) }))
      .where('id', '=', job.userId)
      .execute()
  }
  for (const token of job.tokens) await applyChange(writing, companyId, token)
  return 'committed'
}

async function tokenHolds(database: CloudDatabase, { id, version, highWaterBelow, change }: PreparedToken) {
  const stand = await database
    .selectFrom('app_devices')
    .select(DEVICE_COLUMNS)
    .where('id', '=', id)
    .where('status', '=', 'active')
    .executeTakeFirst()
  if (stand?.version !== version) return false
  const highWaterStep = stepOf(stand.high_water_step)
  if (highWaterBelow !== null && highWaterStep >= BigInt(highWaterBelow)) return false
  return change === null || BigInt(change.columns.high_water_step) >= highWaterStep
}

/** What the feed shows of a device moves it to a new place there; a wrong code alone does not. */
async function applyChange({ database, companies }: Writing, companyId: string, { id, change }: PreparedToken) {
  if (change === null) return
  const { columns } = change
  const stand = await database
    .selectFrom('app_devices')
    .select(DEVICE_COLUMNS)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  const shows =
    stepOf(stand.high_water_step) !== BigInt(columns.high_water_step) ||
    stand.clock_offset_ms !== columns.clock_offset_ms
  await database
    .updateTable('app_devices')
    .set({
      version: change.version,
      high_water_step: columns.high_water_step,
      clock_offset_ms: columns.clock_offset_ms,
      clock_rate_ppm: columns.clock_rate_ppm,
      clock_offset_variance: columns.clock_offset_variance,
      clock_covariance: columns.clock_covariance,
      clock_rate_variance: columns.clock_rate_variance,
      clock_measured_at: columns.clock_measured_at,
      clock_measurements: columns.clock_measurements,
      bad_tokencode_count: columns.bad_tokencode_count,
      challenge_spent_step: columns.challenge_spent_step,
      last_accepted_at: columns.last_accepted_at,
      ...(shows && { change_time: await companies.changeTime(companyId) }),
    })
    .where('id', '=', id)
    .execute()
}
