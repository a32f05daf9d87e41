import type {
  AccessQueries,
  AccessRepository,
  Administrator,
  ApiKey,
  Role,
  RoleAssignment,
  Session,
} from '@driftlock/application'
import type { Queries } from '../engine.ts'
import { bytes, flag, instant, instantOrNull } from '../rows/values.ts'
import type { Tables } from '../schema/tables.ts'
import { expectDeleted, expectWritten } from './writing.ts'

function administratorOf(row: Tables['administrators']): Administrator {
  return {
    userId: row.user_id,
    enabled: row.enabled === 1,
    setupCodeMac: row.setup_code_mac && bytes(row.setup_code_mac),
    setupCodeExpiresAt: instantOrNull(row.setup_code_expires_at),
    createdAt: instant(row.created_at),
    lastLogOnAt: instantOrNull(row.last_log_on_at),
    version: row.version,
  }
}

function administratorColumns(administrator: Administrator) {
  return {
    enabled: flag(administrator.enabled),
    setup_code_mac: administrator.setupCodeMac,
    setup_code_expires_at: administrator.setupCodeExpiresAt,
    last_log_on_at: administrator.lastLogOnAt,
  }
}

function permissionsOf(text: string): readonly string[] {
  return JSON.parse(text) as readonly string[] // our own text, written by this repository
}

function roleOf(row: Tables['roles']): Role {
  return { ...row, permissions: permissionsOf(row.permissions), predefined: row.predefined === 1 }
}

function assignmentOf(row: Tables['role_assignments']): RoleAssignment {
  return {
    id: row.id,
    userId: row.user_id,
    roleId: row.role_id,
    securityDomainId: row.security_domain_id,
    createdAt: instant(row.created_at),
  }
}

function apiKeyOf(row: Tables['api_keys']): ApiKey {
  return {
    id: row.id,
    name: row.name,
    userId: row.user_id,
    secretMac: bytes(row.secret_mac),
    permissions: permissionsOf(row.permissions),
    createdAt: instant(row.created_at),
    expiresAt: instantOrNull(row.expires_at),
    lastUsedAt: instantOrNull(row.last_used_at),
    revokedAt: instantOrNull(row.revoked_at),
  }
}

function sessionOf(row: Tables['sessions']): Session {
  return {
    id: row.id,
    console: row.console as Session['console'], // written by saveSession
    userId: row.user_id,
    createdAt: instant(row.created_at),
    lastSeenAt: instant(row.last_seen_at),
    expiresAt: instant(row.expires_at),
    details: JSON.parse(row.details),
  }
}

export function accessQueries(queries: Queries): AccessQueries {
  const administrators = () => queries.selectFrom('administrators').selectAll().orderBy('user_id')
  const roles = () => queries.selectFrom('roles').selectAll().orderBy('name')
  const assignments = () => queries.selectFrom('role_assignments').selectAll().orderBy('created_at').orderBy('id')
  const apiKeys = () => queries.selectFrom('api_keys').selectAll().orderBy('created_at').orderBy('id')
  const sessions = () => queries.selectFrom('sessions').selectAll().orderBy('created_at')
  return {
    async administrator(userId) {
      const row = await administrators().where('user_id', '=', userId).executeTakeFirst()
      return row && administratorOf(row)
    },
    administrators: async () => (await administrators().execute()).map(administratorOf),
    async role(id) {
      const row = await roles().where('id', '=', id).executeTakeFirst()
      return row && roleOf(row)
    },
    roles: async () => (await roles().execute()).map(roleOf),
    assignmentsOf: async (userId) => (await assignments().where('user_id', '=', userId).execute()).map(assignmentOf),
    assignments: async () => (await assignments().execute()).map(assignmentOf),
    async apiKey(id) {
      const row = await apiKeys().where('id', '=', id).executeTakeFirst()
      return row && apiKeyOf(row)
    },
    apiKeys: async () => (await apiKeys().execute()).map(apiKeyOf),
    async session(id) {
      const row = await sessions().where('id', '=', id).executeTakeFirst()
      return row && sessionOf(row)
    },
    sessionsOf: async (userId) => (await sessions().where('user_id', '=', userId).execute()).map(sessionOf),
  }
}

type AdministratorAndRoles = Pick<
  AccessRepository,
  | 'insertAdministrator'
  | 'updateAdministrator'
  | 'removeAdministrator'
  | 'insertRole'
  | 'updateRole'
  | 'removeRole'
  | 'assignRole'
  | 'revokeRole'
>

// oxlint-disable-next-line max-lines-per-function -- a table of short functions over one connection
function administratorsAndRoles(queries: Queries): AdministratorAndRoles {
  return {
    async insertAdministrator(administrator) {
      const { userId, createdAt, version } = administrator
      await queries
        .insertInto('administrators')
        .values({ user_id: userId, created_at: createdAt, version, ...administratorColumns(administrator) })
        .execute()
    },
    async updateAdministrator(administrator) {
      const { userId, version } = administrator
      const result = await queries
        .updateTable('administrators')
        .set({ ...administratorColumns(administrator), version: version + 1 })
        .where('user_id', '=', userId)
        .where('version', '=', version)
        .executeTakeFirst()
      expectWritten(result, 'administrator', userId)
    },
    async removeAdministrator(userId) {
      const result = await queries.deleteFrom('administrators').where('user_id', '=', userId).executeTakeFirst()
      expectDeleted(result, 'administrator', userId)
    },
    async insertRole({ id, name, permissions, predefined, version }) {
      const columns = { name, permissions: JSON.stringify(permissions), predefined: flag(predefined), version }
      await queries
        .insertInto('roles')
        .values({ id, ...columns })
        .execute()
    },
    async updateRole({ id, name, permissions, version }) {
      const result = await queries
        .updateTable('roles')
        .set({ name, permissions: JSON.stringify(permissions), version: version + 1 })
        .where('id', '=', id)
        .where('version', '=', version)
        .executeTakeFirst()
      expectWritten(result, 'role', id)
    },
    async removeRole(id) {
      expectDeleted(await queries.deleteFrom('roles').where('id', '=', id).executeTakeFirst(), 'role', id)
    },
    async assignRole({ id, userId, roleId, securityDomainId, createdAt }) {
      await queries
        .insertInto('role_assignments')
        .values({ id, user_id: userId, role_id: roleId, security_domain_id: securityDomainId, created_at: createdAt })
        .execute()
    },
    async revokeRole(id) {
      expectDeleted(
        await queries.deleteFrom('role_assignments').where('id', '=', id).executeTakeFirst(),
        'role assignment',
        id,
      )
    },
  }
}

// oxlint-disable-next-line max-lines-per-function -- a table of short functions over one connection
export function accessRepository(queries: Queries): AccessRepository {
  return {
    ...accessQueries(queries),
    ...administratorsAndRoles(queries),
    async insertApiKey(key) {
      await queries
        .insertInto('api_keys')
        .values({
          id: key.id,
          name: key.name,
          user_id: key.userId,
          secret_mac: key.secretMac,
          permissions: JSON.stringify(key.permissions),
          created_at: key.createdAt,
          expires_at: key.expiresAt,
          last_used_at: key.lastUsedAt,
          revoked_at: key.revokedAt,
        })
        .execute()
    },
    async updateApiKey({ id, name, expiresAt, lastUsedAt, revokedAt }) {
      const result = await queries
        .updateTable('api_keys')
        .set({ name, expires_at: expiresAt, last_used_at: lastUsedAt, revoked_at: revokedAt })
        .where('id', '=', id)
        .executeTakeFirst()
      expectWritten(result, 'API key', id)
    },
    async saveSession(session) {
      const columns = {
        last_seen_at: session.lastSeenAt,
        expires_at: session.expiresAt,
        details: JSON.stringify(session.details ?? null),
      }
      const { id, console, userId, createdAt } = session
      await queries
        .insertInto('sessions')
        .values({ id, console, user_id: userId, created_at: createdAt, ...columns })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(columns))
        .execute()
    },
    async removeSession(id) {
      await queries.deleteFrom('sessions').where('id', '=', id).execute()
    },
    async removeSessionsOf(userId) {
      await queries.deleteFrom('sessions').where('user_id', '=', userId).execute()
    },
    async removeSessionsExpiredBefore(before) {
      const result = await queries.deleteFrom('sessions').where('expires_at', '<', before).executeTakeFirst()
      return Number(result.numDeletedRows)
    },
  }
}
