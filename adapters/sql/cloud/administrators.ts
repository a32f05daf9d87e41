import type { CloudAdministrator, CloudQueries, CloudRepository } from '@driftlock/application'
import { expectWritten } from '../administration/writing.ts'
import { bytes, instant, instantOrNull, searchKey } from '../rows/values.ts'
import type { CloudDatabase, CompanyAdministratorColumns } from './cloud-tables.ts'

function administratorOf(row: CompanyAdministratorColumns): CloudAdministrator {
  return {
    id: row.id,
    name: row.name,
    companyId: row.company_id,
    passwordHash: row.password_hash,
    setupCodeMac: row.setup_code_mac && bytes(row.setup_code_mac),
    setupCodeExpiresAt: instantOrNull(row.setup_code_expires_at),
    wrongPasswords: row.wrong_passwords,
    lockedUntil: instantOrNull(row.locked_until),
    createdAt: instant(row.created_at),
    lastLogOnAt: instantOrNull(row.last_log_on_at),
    secondFactorUserId: row.second_factor_user_id,
    version: row.version,
  }
}

function columnsOf(administrator: CloudAdministrator) {
  return {
    name: administrator.name,
    name_key: searchKey(administrator.name),
    company_id: administrator.companyId,
    password_hash: administrator.passwordHash,
    setup_code_mac: administrator.setupCodeMac,
    setup_code_expires_at: administrator.setupCodeExpiresAt,
    wrong_passwords: administrator.wrongPasswords,
    locked_until: administrator.lockedUntil,
    created_at: administrator.createdAt,
    last_log_on_at: administrator.lastLogOnAt,
    second_factor_user_id: administrator.secondFactorUserId,
  } satisfies Partial<CompanyAdministratorColumns>
}

type AdministratorQueries = Pick<CloudQueries, 'administrators' | 'administrator' | 'administratorByName' | 'session'>

export function administratorQueries(database: CloudDatabase): AdministratorQueries {
  const all = () => database.selectFrom('company_administrators').selectAll()
  return {
    async administrators(companyId) {
      const rows = await all()
        .where('company_id', companyId === null ? 'is' : '=', companyId)
        .orderBy('name_key')
        .execute()
      return rows.map(administratorOf)
    },
    async administrator(id) {
      const row = await all().where('id', '=', id).executeTakeFirst()
      return row && administratorOf(row)
    },
    async administratorByName(name) {
      const row = await all().where('name_key', '=', searchKey(name)).executeTakeFirst()
      return row && administratorOf(row)
    },
    async session(macs) {
      if (macs.length === 0) return undefined
      const row = await database
        .selectFrom('company_sessions')
        .selectAll()
        .where('mac', 'in', [...macs])
        .executeTakeFirst()
      return (
        row && {
          mac: bytes(row.mac),
          administratorId: row.administrator_id,
          createdAt: instant(row.created_at),
          lastSeenAt: instant(row.last_seen_at),
          expiresAt: instant(row.expires_at),
        }
      )
    },
  }
}

type AdministratorRepository = Pick<
  CloudRepository,
  | 'insertAdministrator'
  | 'updateAdministrator'
  | 'deleteAdministrator'
  | 'insertSession'
  | 'touchSession'
  | 'deleteSession'
  | 'deleteSessionsOf'
>

export function administratorRepository(database: CloudDatabase): AdministratorRepository {
  return {
    async insertAdministrator(administrator) {
      const row = { id: administrator.id, ...columnsOf(administrator), version: administrator.version }
      await database.insertInto('company_administrators').values(row).execute()
    },
    async updateAdministrator(administrator) {
      const result = await database
        .updateTable('company_administrators')
        .set({ ...columnsOf(administrator), version: administrator.version + 1 })
        .where('id', '=', administrator.id)
        .where('version', '=', administrator.version)
        .executeTakeFirst()
      expectWritten(result, 'administrator', administrator.id)
    },
    async deleteAdministrator(id) {
      await database.deleteFrom('company_administrators').where('id', '=', id).execute()
    },
    async insertSession({ mac, administratorId, createdAt, lastSeenAt, expiresAt }) {
      await database
        .insertInto('company_sessions')
        .values({
          mac,
          administrator_id: administratorId,
          created_at: createdAt,
          last_seen_at: lastSeenAt,
          expires_at: expiresAt,
        })
        .execute()
    },
    async touchSession(mac, at) {
      await database.updateTable('company_sessions').set({ last_seen_at: at }).where('mac', '=', mac).execute()
    },
    async deleteSession(mac) {
      await database.deleteFrom('company_sessions').where('mac', '=', mac).execute()
    },
    async deleteSessionsOf(administratorId) {
      await database.deleteFrom('company_sessions').where('administrator_id', '=', administratorId).execute()
    },
  }
}
