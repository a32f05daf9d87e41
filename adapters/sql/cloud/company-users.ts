import type { CloudQueries, CloudRepository, CloudUser, ShownCloudUser } from '@driftlock/application'
import { keyAfter, keyBeginsWith, pageOf, rowsToRead } from '../administration/paging.ts'
import { expectWritten } from '../administration/writing.ts'
import { guessColumns, guessesOf } from '../rows/user-row.ts'
import { flag, instant, searchKey } from '../rows/values.ts'
import type { CloudDatabase, CompanyUserColumns } from './cloud-tables.ts'

type ShownRow = CompanyUserColumns & { readonly source_name: string; readonly serial: string | null }

export function userOfRow(row: CompanyUserColumns): CloudUser {
  return {
    id: row.id,
    companyId: row.company_id,
    sourceId: row.source_id,
    attribute: row.attribute,
    displayName: row.display_name,
    enabled: row.enabled === 1,
    guesses: guessesOf(row.guesses),
    createdAt: instant(row.created_at),
    version: row.version,
  }
}

function shownOf(row: ShownRow): ShownCloudUser {
  return { ...userOfRow(row), sourceName: row.source_name, serial: row.serial }
}

/** Every user that is not deleted, with the source's name and the serial of the active app. */
function shownUsers(database: CloudDatabase) {
  return database
    .selectFrom('company_users')
    .innerJoin('company_sources', 'company_sources.id', 'company_users.source_id')
    .leftJoin('app_devices', (join) =>
      join.onRef('app_devices.user_id', '=', 'company_users.id').on('app_devices.status', '=', 'active'),
    )
    .selectAll('company_users')
    .select(['company_sources.name as source_name', 'app_devices.serial as serial'])
    .where('company_users.deleted_at', 'is', null)
}

type UserQueries = Pick<CloudQueries, 'users' | 'user' | 'usersByAttribute'>

export function userQueries(database: CloudDatabase): UserQueries {
  return {
    async users({ companyId, text, sourceId }, page) {
      const key = keyAfter(page, 2)
      let query = shownUsers(database).where('company_users.company_id', '=', companyId)
      if (sourceId !== undefined) query = query.where('company_users.source_id', '=', sourceId)
      if (text !== undefined && text !== '') {
        query = query.where((eb) =>
          eb.or([
            keyBeginsWith(eb.ref('company_users.attribute_key'), text),
            keyBeginsWith(eb.ref('company_users.display_name_key'), text),
          ]),
        )
      }
      if (key !== undefined) {
        query = query.where((eb) =>
          eb(
            eb.refTuple('company_users.attribute_key', 'company_users.id'),
            '>',
            eb.tuple(String(key[0]), String(key[1])),
          ),
        )
      }
      const rows = await query
        .orderBy('company_users.attribute_key')
        .orderBy('company_users.id')
        .limit(rowsToRead(page))
        .execute()
      return pageOf(rows, page, { item: shownOf, key: (row) => [row.attribute_key, row.id] })
    },
    async user(id) {
      const row = await shownUsers(database).where('company_users.id', '=', id).executeTakeFirst()
      return row && shownOf(row)
    },
    async usersByAttribute(companyId, attribute, sourceName) {
      let query = shownUsers(database)
        .where('company_users.company_id', '=', companyId)
        .where('company_users.attribute_key', '=', searchKey(attribute))
      if (sourceName !== undefined) query = query.where('company_sources.name_key', '=', searchKey(sourceName))
      return (await query.execute()).map(shownOf)
    },
  }
}

function columnsOf(user: CloudUser) {
  return {
    source_id: user.sourceId,
    attribute: user.attribute,
    attribute_key: searchKey(user.attribute),
    display_name: user.displayName,
    display_name_key: searchKey(user.displayName),
    enabled: flag(user.enabled),
    ...guessColumns(user.guesses),
  } satisfies Partial<CompanyUserColumns>
}

/** Rows of one statement: PostgreSQL takes 65,535 parameters, SQLite 32,766. */
export const ROWS_AT_ONCE = 1000

type ManyUsers = Pick<CloudRepository, 'insertUsers' | 'knownAttributes'>
type UserRepository = ManyUsers & Pick<CloudRepository, 'updateUser' | 'deleteUser' | 'moveDevicesOf'>

export function userRepository(database: CloudDatabase, now: number): UserRepository {
  return {
    ...manyUsers(database),
    async updateUser(user) {
      const result = await database
        .updateTable('company_users')
        .set({ ...columnsOf(user), version: user.version + 1 })
        .where('id', '=', user.id)
        .where('version', '=', user.version)
        .executeTakeFirst()
      expectWritten(result, 'user', user.id)
    },
    async deleteUser(id) {
      await database.deleteFrom('registration_offers').where('user_id', '=', id).execute()
      await database
        .updateTable('company_users')
        .set((eb) => ({ deleted_at: now, enabled: 0, version: eb('version', '+', 1) }))
        .where('id', '=', id)
        .execute()
    },
    async moveDevicesOf(userId, at) {
      await database
        .updateTable('app_devices')
        .set({ change_time: at })
        .where('user_id', '=', userId)
        .where('change_time', 'is not', null)
        .execute()
    },
  }
}

function manyUsers(database: CloudDatabase): ManyUsers {
  return {
    async insertUsers(users) {
      for (let from = 0; from < users.length; from += ROWS_AT_ONCE) {
        const rows = users.slice(from, from + ROWS_AT_ONCE).map((user) => ({
          id: user.id,
          company_id: user.companyId,
          ...columnsOf(user),
          created_at: user.createdAt,
          deleted_at: null,
          version: user.version,
        }))
        await database.insertInto('company_users').values(rows).execute()
      }
    },
    async knownAttributes(sourceId, attributes) {
      if (attributes.length === 0) return new Set()
      const rows = await database
        .selectFrom('company_users')
        .select('attribute_key')
        .where('source_id', '=', sourceId)
        .where('deleted_at', 'is', null)
        .where('attribute_key', 'in', attributes.map(searchKey))
        .execute()
      return new Set(rows.map((row) => row.attribute_key))
    },
  }
}
