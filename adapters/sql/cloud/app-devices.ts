import type { AppDevice, CloudQueries, CloudRepository, ShownAppDevice } from '@driftlock/application'
import { beginsWith, keyAfter, pageOf, rowsToRead } from '../administration/paging.ts'
import { expectWritten } from '../administration/writing.ts'
import { clockColumns, clockOf } from '../rows/clock-row.ts'
import { CLOCK_COLUMNS } from '../rows/token-columns.ts'
import { bytes, instant, instantOrNull, stepOf, stepText } from '../rows/values.ts'
import type { AppDeviceColumns, CloudDatabase } from './cloud-tables.ts'
import { sql } from 'kysely'

const PLAIN_COLUMNS = [
  'id',
  'company_id',
  'user_id',
  'serial',
  'status',
  'public_name',
  'algorithm',
  'digits',
  'interval_seconds',
  'seed_version',
  'version',
  ...CLOCK_COLUMNS,
  'bad_tokencode_count',
  'last_accepted_at',
  'created_at',
  'proof_until',
  'proof_failures',
  'proven_at',
  'ended_at',
  'end_reason',
  'change_time',
] as const

export type DeviceRow = Omit<AppDeviceColumns, 'seed'>

/** Every column but the seed; steps as text, because they may exceed 2^53. */
export const DEVICE_COLUMNS = [
  ...PLAIN_COLUMNS.map((column) => `app_devices.${column}` as const),
  sql<string>`CAST(app_devices.high_water_step AS TEXT)`.as('high_water_step'),
  sql<string>`CAST(app_devices.challenge_spent_step AS TEXT)`.as('challenge_spent_step'),
] as const

export function deviceOf(row: DeviceRow): AppDevice {
  return {
    id: row.id,
    companyId: row.company_id,
    userId: row.user_id,
    serial: row.serial,
    status: row.status as AppDevice['status'], // written by columnsOf
    publicName: row.public_name,
    algorithm: row.algorithm as AppDevice['algorithm'], // written by insertDevices
    digits: row.digits,
    intervalSeconds: row.interval_seconds,
    seedVersion: row.seed_version,
    version: row.version,
    highWaterStep: stepOf(row.high_water_step),
    clock: clockOf(row),
    badTokencodeCount: row.bad_tokencode_count,
    challengeSpentStep: stepOf(row.challenge_spent_step),
    lastAcceptedAt: instantOrNull(row.last_accepted_at),
    createdAt: instant(row.created_at),
    proofUntil: instantOrNull(row.proof_until),
    proofFailures: row.proof_failures,
    provenAt: instantOrNull(row.proven_at),
    endedAt: instantOrNull(row.ended_at),
    endReason: row.end_reason as AppDevice['endReason'], // written by columnsOf
    changeTime: instantOrNull(row.change_time),
  }
}

function columnsOf(device: AppDevice) {
  return {
    status: device.status,
    public_name: device.publicName,
    seed_version: device.seedVersion,
    high_water_step: stepText(device.highWaterStep),
    ...clockColumns(device.clock),
    bad_tokencode_count: device.badTokencodeCount,
    challenge_spent_step: stepText(device.challengeSpentStep),
    last_accepted_at: device.lastAcceptedAt,
    proof_until: device.proofUntil,
    proof_failures: device.proofFailures,
    proven_at: device.provenAt,
    ended_at: device.endedAt,
    end_reason: device.endReason,
    change_time: device.changeTime,
  } satisfies Partial<AppDeviceColumns>
}

function shownDevices(database: CloudDatabase) {
  return database
    .selectFrom('app_devices')
    .innerJoin('company_users', 'company_users.id', 'app_devices.user_id')
    .innerJoin('company_sources', 'company_sources.id', 'company_users.source_id')
    .select([...DEVICE_COLUMNS, 'company_users.attribute', 'company_sources.name as source_name'])
}

function shownOf(row: DeviceRow & { readonly attribute: string; readonly source_name: string }): ShownAppDevice {
  return { ...deviceOf(row), attribute: row.attribute, sourceName: row.source_name }
}

type DeviceQueries = Pick<CloudQueries, 'devices' | 'device' | 'deviceBySerial' | 'deviceSeed'>

export function deviceQueries(database: CloudDatabase): DeviceQueries {
  return {
    async devices({ companyId, userId, status, serial }, page) {
      const key = keyAfter(page, 1)
      let query = shownDevices(database).where('app_devices.company_id', '=', companyId)
      if (userId !== undefined) query = query.where('app_devices.user_id', '=', userId)
      if (status !== undefined) query = query.where('app_devices.status', '=', status)
      if (serial !== undefined && serial !== '')
        query = query.where((eb) => beginsWith(eb.ref('app_devices.serial'), serial.toUpperCase()))
      if (key !== undefined) query = query.where('app_devices.serial', '>', String(key[0]))
      const rows = await query.orderBy('app_devices.serial').limit(rowsToRead(page)).execute()
      return pageOf(rows, page, { item: shownOf, key: (row) => [row.serial] })
    },
    async device(id) {
      const row = await shownDevices(database).where('app_devices.id', '=', id).executeTakeFirst()
      return row && shownOf(row)
    },
    async deviceBySerial(serial) {
      const row = await shownDevices(database).where('app_devices.serial', '=', serial).executeTakeFirst()
      return row && shownOf(row)
    },
    async deviceSeed(id) {
      const row = await database.selectFrom('app_devices').select('seed').where('id', '=', id).executeTakeFirst()
      const seed = row?.seed ?? null
      return seed === null ? undefined : bytes(seed)
    },
  }
}

/** 30 columns a row: below what SQLite takes in one statement. */
const DEVICES_AT_ONCE = 1000

type DeviceRepository = Pick<CloudRepository, 'insertDevices' | 'updateDevice' | 'raiseSteps' | 'devicesBySerial'>

export function deviceRepository(database: CloudDatabase): DeviceRepository {
  return {
    async insertDevices(devices) {
      for (let from = 0; from < devices.length; from += DEVICES_AT_ONCE) {
        const rows = devices.slice(from, from + DEVICES_AT_ONCE).map(({ device, seed }) => ({
          id: device.id,
          company_id: device.companyId,
          user_id: device.userId,
          serial: device.serial,
          algorithm: device.algorithm,
          digits: device.digits,
          interval_seconds: device.intervalSeconds,
          created_at: device.createdAt,
          ...columnsOf(device),
          version: device.version,
          seed,
        }))
        await database.insertInto('app_devices').values(rows).execute()
      }
    },
    async updateDevice(device) {
      const result = await database
        .updateTable('app_devices')
        .set({
          ...columnsOf(device),
          version: device.version + 1,
          ...(device.status === 'revoked' && { seed: null }),
        })
        .where('id', '=', device.id)
        .where('version', '=', device.version)
        .executeTakeFirst()
      expectWritten(result, 'app', device.id)
      if (device.status === 'revoked')
        await database.deleteFrom('sealed_seeds').where('device_id', '=', device.id).execute()
    },
    raiseSteps: (steps, at) => raiseSteps(database, steps, at),
    async devicesBySerial(companyId, serials) {
      if (serials.length === 0) return []
      const rows = await database
        .selectFrom('app_devices')
        .select(DEVICE_COLUMNS)
        .where('company_id', '=', companyId)
        .where('serial', 'in', [...serials])
        .execute()
      return rows.map(deviceOf)
    },
  }
}

async function raiseSteps(
  database: CloudDatabase,
  steps: Parameters<CloudRepository['raiseSteps']>[0],
  at: number,
): Promise<readonly string[]> {
  const raised: string[] = []
  for (const { deviceId, step } of steps) {
    const result = await database
      .updateTable('app_devices')
      .set((eb) => ({ high_water_step: step, change_time: at, version: eb('version', '+', 1) }))
      .where('id', '=', deviceId)
      .where('status', '=', 'active')
      .where('high_water_step', '<', step)
      .executeTakeFirst()
    if (result.numUpdatedRows === 1n) raised.push(deviceId)
  }
  return raised
}
