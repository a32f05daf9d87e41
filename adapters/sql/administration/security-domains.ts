import type {
  IdentitySource,
  SecurityDomain,
  SecurityDomainQueries,
  SecurityDomainRepository,
} from '@driftlock/application'
import type { Queries } from '../engine.ts'
import { markUnmatched } from '../high-availability/mark-to-match.ts'
import { searchKey } from '../rows/values.ts'
import type { Tables } from '../schema/tables.ts'
import { expectDeleted, expectWritten, raiseConfigVersion } from './writing.ts'

function domainOf(row: Tables['security_domains']): SecurityDomain {
  return { id: row.id, name: row.name, parentId: row.parent_id, notes: row.notes, version: row.version }
}

function columnsOf({ name, parentId, notes }: SecurityDomain) {
  return { name, name_key: searchKey(name), parent_id: parentId, notes }
}

export function securityDomainQueries(queries: Queries): SecurityDomainQueries {
  return {
    async find(id) {
      const row = await queries.selectFrom('security_domains').selectAll().where('id', '=', id).executeTakeFirst()
      return row && domainOf(row)
    },
    async all() {
      const rows = await queries.selectFrom('security_domains').selectAll().orderBy('name_key').orderBy('id').execute()
      return rows.map(domainOf)
    },
    async identitySources() {
      const rows = await queries.selectFrom('identity_sources').selectAll().orderBy('name').execute()
      return rows.map((row) => ({
        id: row.id,
        name: row.name,
        kind: row.kind as IdentitySource['kind'], // written by saveIdentitySource
        configuration: JSON.parse(row.configuration) as unknown,
        version: row.version,
      }))
    },
  }
}

export function securityDomainRepository(queries: Queries): SecurityDomainRepository {
  return {
    ...securityDomainQueries(queries),
    async insert(domain) {
      await queries
        .insertInto('security_domains')
        .values({ id: domain.id, version: domain.version, ...columnsOf(domain) })
        .execute()
      await raiseConfigVersion(queries)
    },
    async update(domain) {
      const result = await queries
        .updateTable('security_domains')
        .set({ ...columnsOf(domain), version: domain.version + 1 })
        .where('id', '=', domain.id)
        .where('version', '=', domain.version)
        .executeTakeFirst()
      expectWritten(result, 'security domain', domain.id)
      await raiseConfigVersion(queries)
    },
    async remove(id) {
      expectDeleted(
        await queries.deleteFrom('security_domains').where('id', '=', id).executeTakeFirst(),
        'security domain',
        id,
      )
      await raiseConfigVersion(queries)
    },
    async saveIdentitySource({ id, name, kind, configuration, version }) {
      const columns = { name, kind, configuration: JSON.stringify(configuration ?? null), version: version + 1 }
      await queries
        .insertInto('identity_sources')
        .values({ id, ...columns })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(columns))
        .execute()
      await markUnmatched(queries)
      await raiseConfigVersion(queries)
    },
  }
}
