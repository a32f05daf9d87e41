import type {
  Agent,
  ClientFilter,
  ClientQueries,
  ClientRepository,
  PageRequest,
  RadiusClient,
} from '@driftlock/application'
import { type SqlBool, sql } from 'kysely'
import type { Queries } from '../engine.ts'
import { bytes, flag, instant, instantOrNull, searchKey } from '../rows/values.ts'
import type { Tables } from '../schema/tables.ts'
import { keyAfter, keyBeginsWith, NOTHING, pageOf, rowsToRead } from './paging.ts'
import { expectDeleted, expectWritten, raiseConfigVersion } from './writing.ts'

function agentOf(row: Tables['agents']): Agent {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    addresses: JSON.parse(row.addresses) as readonly string[], // our own text, written by agentColumns
    keyMac: bytes(row.key_mac),
    language: row.language as Agent['language'], // written by agentColumns
    securityDomainId: row.security_domain_id,
    enabled: row.enabled === 1,
    notes: row.notes,
    createdAt: instant(row.created_at),
    lastSeenAt: instantOrNull(row.last_seen_at),
    version: row.version,
  }
}

function radiusClientOf(row: Tables['radius_clients']): RadiusClient {
  return {
    id: row.id,
    name: row.name,
    network: row.network,
    secret: bytes(row.secret),
    requireMessageAuthenticator: row.require_message_authenticator === 1,
    transport: row.transport as RadiusClient['transport'], // written by radiusColumns
    securityDomainId: row.security_domain_id,
    enabled: row.enabled === 1,
    profile: JSON.parse(row.profile),
    notes: row.notes,
    createdAt: instant(row.created_at),
    lastSeenAt: instantOrNull(row.last_seen_at),
    version: row.version,
  }
}

function commonColumns(client: Agent | RadiusClient) {
  return {
    name: client.name,
    name_key: searchKey(client.name),
    security_domain_id: client.securityDomainId,
    enabled: flag(client.enabled),
    notes: client.notes,
    created_at: client.createdAt,
    last_seen_at: client.lastSeenAt,
  }
}

function agentColumns(agent: Agent) {
  return {
    ...commonColumns(agent),
    kind: agent.kind,
    addresses: JSON.stringify(agent.addresses),
    key_mac: agent.keyMac,
    language: agent.language,
  }
}

function radiusColumns(client: RadiusClient) {
  return {
    ...commonColumns(client),
    network: client.network,
    secret: client.secret,
    require_message_authenticator: flag(client.requireMessageAuthenticator),
    transport: client.transport,
    profile: JSON.stringify(client.profile ?? null),
  }
}

/** Name order, behind the cursor, within the filter. */
function condition(filter: ClientFilter, page: PageRequest) {
  const parts = [sql<SqlBool>`1 = 1`]
  const key = keyAfter(page, 1)
  if (key !== undefined) parts.push(sql`name_key > ${key[0]}`)
  if (filter.text !== undefined) parts.push(keyBeginsWith(sql.ref('name_key'), filter.text))
  if (filter.securityDomainIds !== undefined) {
    const ids = filter.securityDomainIds
    parts.push(ids.length === 0 ? NOTHING : sql`security_domain_id IN (${sql.join(ids)})`)
  }
  return sql<SqlBool>`${sql.join(parts, sql` AND `)}`
}

export function clientQueries(queries: Queries): ClientQueries {
  const agents = () => queries.selectFrom('agents').selectAll().orderBy('name_key')
  const radiusClients = () => queries.selectFrom('radius_clients').selectAll().orderBy('name_key')
  return {
    async agent(id) {
      const row = await agents().where('id', '=', id).executeTakeFirst()
      return row && agentOf(row)
    },
    async agentByName(name) {
      const row = await agents().where('name_key', '=', searchKey(name)).executeTakeFirst()
      return row && agentOf(row)
    },
    async agents(filter, page) {
      const rows = await agents().where(condition(filter, page)).limit(rowsToRead(page)).execute()
      return pageOf(rows, page, { item: agentOf, key: (row) => [row.name_key] })
    },
    async radiusClient(id) {
      const row = await radiusClients().where('id', '=', id).executeTakeFirst()
      return row && radiusClientOf(row)
    },
    async radiusClients(filter, page) {
      const rows = await radiusClients().where(condition(filter, page)).limit(rowsToRead(page)).execute()
      return pageOf(rows, page, { item: radiusClientOf, key: (row) => [row.name_key] })
    },
  }
}

// oxlint-disable-next-line max-lines-per-function -- a table of short functions over one connection
export function clientRepository(queries: Queries): ClientRepository {
  return {
    ...clientQueries(queries),
    async insertAgent(agent) {
      await queries
        .insertInto('agents')
        .values({ id: agent.id, version: agent.version, ...agentColumns(agent) })
        .execute()
      await raiseConfigVersion(queries)
    },
    async updateAgent(agent) {
      const { id, version } = agent
      const changed = queries.updateTable('agents').set({ ...agentColumns(agent), version: version + 1 })
      expectWritten(await changed.where('id', '=', id).where('version', '=', version).executeTakeFirst(), 'agent', id)
      await raiseConfigVersion(queries)
    },
    async removeAgent(id) {
      expectDeleted(await queries.deleteFrom('agents').where('id', '=', id).executeTakeFirst(), 'agent', id)
      await raiseConfigVersion(queries)
    },
    async markAgentSeen(id, at) {
      await queries.updateTable('agents').set({ last_seen_at: at }).where('id', '=', id).execute()
    },
    async insertRadiusClient(client) {
      const { id, version } = client
      await queries
        .insertInto('radius_clients')
        .values({ id, version, ...radiusColumns(client) })
        .execute()
      await raiseConfigVersion(queries)
    },
    async updateRadiusClient(client) {
      const { id, version } = client
      const changed = queries.updateTable('radius_clients').set({ ...radiusColumns(client), version: version + 1 })
      expectWritten(
        await changed.where('id', '=', id).where('version', '=', version).executeTakeFirst(),
        'RADIUS client',
        id,
      )
      await raiseConfigVersion(queries)
    },
    async removeRadiusClient(id) {
      expectDeleted(
        await queries.deleteFrom('radius_clients').where('id', '=', id).executeTakeFirst(),
        'RADIUS client',
        id,
      )
      await raiseConfigVersion(queries)
    },
    async markRadiusClientSeen(id, at) {
      await queries.updateTable('radius_clients').set({ last_seen_at: at }).where('id', '=', id).execute()
    },
  }
}
