import type { ConfigurationQueries, ConfigurationRepository, PolicySetting, Setting } from '@driftlock/application'
import type { Queries } from '../engine.ts'
import { instant } from '../rows/values.ts'
import type { Tables } from '../schema/tables.ts'
import { beginsWith } from './paging.ts'
import { expectWritten, raiseConfigVersion } from './writing.ts'
import { sql } from 'kysely'

function policyOf(row: Tables['policies']): PolicySetting {
  return {
    securityDomainId: row.security_domain_id,
    kind: row.kind,
    value: JSON.parse(row.value) as unknown, // believed as a whole below
    version: row.version,
    updatedAt: instant(row.updated_at),
  } as PolicySetting // kind and value were written together by setPolicy
}

function settingOf(row: Tables['settings']): Setting {
  return { key: row.key, scope: row.scope, value: row.value, updatedAt: instant(row.updated_at) }
}

export function configurationQueries(queries: Queries): ConfigurationQueries {
  const policies = () => queries.selectFrom('policies').selectAll().orderBy('security_domain_id').orderBy('kind')
  const settings = () => queries.selectFrom('settings').selectAll().orderBy('key').orderBy('scope')
  return {
    async version() {
      const row = await queries.selectFrom('store_state').select('config_version').executeTakeFirstOrThrow()
      return row.config_version
    },
    policies: async () => (await policies().execute()).map(policyOf),
    policiesOf: async (id) => (await policies().where('security_domain_id', '=', id).execute()).map(policyOf),
    async setting(key, scope) {
      const row = await settings().where('key', '=', key).where('scope', '=', scope).executeTakeFirst()
      return row && settingOf(row)
    },
    async settings(keyPrefix) {
      const query =
        keyPrefix === undefined ? settings() : settings().where(beginsWith(sql.ref('settings.key'), keyPrefix))
      return (await query.execute()).map(settingOf)
    },
  }
}

export function configurationRepository(queries: Queries): ConfigurationRepository {
  return {
    ...configurationQueries(queries),
    async setPolicy({ securityDomainId, kind, value, version, updatedAt }) {
      const columns = { value: JSON.stringify(value), version: version + 1, updated_at: updatedAt }
      const result = await queries
        .insertInto('policies')
        .values({ security_domain_id: securityDomainId, kind, ...columns })
        .onConflict((conflict) =>
          conflict.columns(['security_domain_id', 'kind']).doUpdateSet(columns).where('policies.version', '=', version),
        )
        .executeTakeFirst()
      expectWritten({ numUpdatedRows: result.numInsertedOrUpdatedRows ?? 0n }, 'policy', `${securityDomainId}/${kind}`)
      await raiseConfigVersion(queries)
    },
    async clearPolicy(securityDomainId, kind) {
      await queries
        .deleteFrom('policies')
        .where('security_domain_id', '=', securityDomainId)
        .where('kind', '=', kind)
        .execute()
      await raiseConfigVersion(queries)
    },
    async setSetting({ key, scope, value, updatedAt }) {
      const columns = { value, updated_at: updatedAt }
      await queries
        .insertInto('settings')
        .values({ key, scope, ...columns })
        .onConflict((conflict) => conflict.columns(['key', 'scope']).doUpdateSet(columns))
        .execute()
      await raiseConfigVersion(queries)
    },
    async removeSetting(key, scope) {
      await queries.deleteFrom('settings').where('key', '=', key).where('scope', '=', scope).execute()
      await raiseConfigVersion(queries)
    },
  }
}
