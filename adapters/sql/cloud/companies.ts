import type { CloudQueries, CloudRepository, CloudSource, Company, CompanyCounts } from '@driftlock/application'
import type { UnixMs } from '@driftlock/domain'
import { sql } from 'kysely'
import { expectWritten } from '../administration/writing.ts'
import type { EngineKind } from '../schema/column-types.ts'
import { flag, instant, searchKey } from '../rows/values.ts'
import type { CloudDatabase, CompanyColumns } from './cloud-tables.ts'

function companyOf(row: CompanyColumns): Company {
  return {
    id: row.id,
    name: row.name,
    displayName: row.display_name,
    haEnabled: row.ha_enabled === 1,
    createdAt: instant(row.created_at),
    version: row.version,
  }
}

type CompanyQueries = Pick<CloudQueries, 'companies' | 'company' | 'companyByName' | 'counts' | 'sources'>

export function companyQueries(database: CloudDatabase): CompanyQueries {
  const all = () => database.selectFrom('companies').selectAll()
  return {
    companies: async () => (await all().orderBy('name_key').execute()).map(companyOf),
    async company(id) {
      const row = await all().where('id', '=', id).executeTakeFirst()
      return row && companyOf(row)
    },
    async companyByName(name) {
      const row = await all().where('name_key', '=', searchKey(name)).executeTakeFirst()
      return row && companyOf(row)
    },
    counts: (companyId) => countsOf(database, companyId),
    async sources(companyId): Promise<readonly CloudSource[]> {
      const rows = await database
        .selectFrom('company_sources')
        .selectAll()
        .where('company_id', '=', companyId)
        .orderBy('name_key')
        .execute()
      return rows.map((row) => ({ id: row.id, companyId: row.company_id, name: row.name }))
    },
  }
}

async function countsOf(database: CloudDatabase, companyId: string): Promise<CompanyCounts> {
  const users = await database
    .selectFrom('company_users')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('company_id', '=', companyId)
    .where('deleted_at', 'is', null)
    .executeTakeFirstOrThrow()
  const apps = await database
    .selectFrom('app_devices')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('company_id', '=', companyId)
    .where('status', '=', 'active')
    .executeTakeFirstOrThrow()
  const last = await database
    .selectFrom('app_devices')
    .select(['change_time', 'id'])
    .where('company_id', '=', companyId)
    .where('change_time', 'is not', null)
    .orderBy('change_time', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return {
    users: users.count,
    activeApps: apps.count,
    latest: last === undefined ? undefined : { changeTimeMs: last.change_time ?? 0, recordId: last.id },
  }
}

type CompanyRepository = Pick<CloudRepository, 'changeTime' | 'insertCompany' | 'updateCompany' | 'insertSource'>

/** @param now the clock's reading for this unit of work. */
export function companyRepository(database: CloudDatabase, now: UnixMs): CompanyRepository {
  const given = new Map<string, Promise<UnixMs>>()
  return {
    changeTime(companyId) {
      const known = given.get(companyId) ?? nextChangeTime(database, companyId, now)
      given.set(companyId, known)
      return known
    },
    async insertCompany(company) {
      await database
        .insertInto('companies')
        .values({
          id: company.id,
          name: company.name,
          name_key: searchKey(company.name),
          display_name: company.displayName,
          ha_enabled: flag(company.haEnabled),
          last_change_time: 0,
          created_at: company.createdAt,
          version: company.version,
        })
        .execute()
    },
    async updateCompany(company) {
      const result = await database
        .updateTable('companies')
        .set({
          display_name: company.displayName,
          ha_enabled: flag(company.haEnabled),
          version: company.version + 1,
        })
        .where('id', '=', company.id)
        .where('version', '=', company.version)
        .executeTakeFirst()
      expectWritten(result, 'company', company.id)
    },
    async insertSource({ id, companyId, name }) {
      await database
        .insertInto('company_sources')
        .values({ id, company_id: companyId, name, name_key: searchKey(name) })
        .execute()
    },
  }
}

/** One statement takes the company's row, to be held until the commit, and the next time: never the same twice. */
async function nextChangeTime(database: CloudDatabase, companyId: string, now: UnixMs): Promise<UnixMs> {
  const row = await database
    .updateTable('companies')
    .set({ last_change_time: sql`CASE WHEN last_change_time >= ${now} THEN last_change_time + 1 ELSE ${now} END` })
    .where('id', '=', companyId)
    .returning('last_change_time')
    .executeTakeFirstOrThrow()
  return instant(row.last_change_time)
}

/** Keeps every other writer of these companies out until the commit, in one order, so that no two wait for each other. */
export async function holdCompanies(
  database: CloudDatabase,
  companyIds: readonly string[],
  kind: EngineKind,
): Promise<void> {
  // A SQLite transaction is the only writer there is.
  if (kind === 'sqlite' || companyIds.length === 0) return
  await database.selectFrom('companies').select('id').where('id', 'in', companyIds).orderBy('id').forUpdate().execute()
}
