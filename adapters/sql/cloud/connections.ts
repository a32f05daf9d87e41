import type { CloudQueries, CloudRepository, ConnectedManager, SealedToManager } from '@driftlock/application'
import { expectWritten } from '../administration/writing.ts'
import { bytes, instant, instantOrNull } from '../rows/values.ts'
import type { CloudDatabase, ConnectedManagerColumns } from './cloud-tables.ts'
import { ROWS_AT_ONCE } from './company-users.ts'

function managerOf(row: ConnectedManagerColumns): ConnectedManager {
  const { previous_key_id: previousId, previous_key: previous } = row
  return {
    id: row.id,
    companyId: row.company_id,
    name: row.name,
    signingKey: { id: row.signing_key_id, jwk: row.signing_key },
    previousKey: previousId === null || previous === null ? null : { id: previousId, jwk: previous },
    previousKeyUntil: instantOrNull(row.previous_key_until),
    sealingKey: { id: row.sealing_key_id, jwk: row.sealing_key },
    createdAt: instant(row.created_at),
    lastSeenAt: instantOrNull(row.last_seen_at),
    lastMarker: row.last_marker,
    revokedAt: instantOrNull(row.revoked_at),
  }
}

type ConnectionQueries = Pick<CloudQueries, 'managers' | 'manager' | 'managerByKey' | 'signingKeys'>

export function connectionQueries(database: CloudDatabase): ConnectionQueries {
  const all = () => database.selectFrom('connected_managers').selectAll()
  return {
    async managers(companyId) {
      const rows = await all().where('company_id', '=', companyId).orderBy('created_at').orderBy('id').execute()
      return rows.map(managerOf)
    },
    async manager(id) {
      const row = await all().where('id', '=', id).executeTakeFirst()
      return row && managerOf(row)
    },
    async managerByKey(keyId) {
      const row = await all()
        .where((eb) => eb.or([eb('signing_key_id', '=', keyId), eb('previous_key_id', '=', keyId)]))
        .executeTakeFirst()
      return row && managerOf(row)
    },
    async signingKeys() {
      const rows = await database
        .selectFrom('cloud_signing_keys')
        .selectAll()
        .orderBy('active_from', 'desc')
        .orderBy('id')
        .execute()
      return rows.map((row) => ({
        key: { id: row.id, jwk: row.public_key },
        sealedPrivateKey: bytes(row.private_key),
        createdAt: instant(row.created_at),
        activeFrom: instant(row.active_from),
      }))
    },
  }
}

function columnsOf(manager: ConnectedManager) {
  return {
    company_id: manager.companyId,
    name: manager.name,
    signing_key_id: manager.signingKey.id,
    signing_key: manager.signingKey.jwk,
    previous_key_id: manager.previousKey?.id ?? null,
    previous_key: manager.previousKey?.jwk ?? null,
    previous_key_until: manager.previousKeyUntil,
    sealing_key_id: manager.sealingKey.id,
    sealing_key: manager.sealingKey.jwk,
    created_at: manager.createdAt,
    last_seen_at: manager.lastSeenAt,
    last_marker: manager.lastMarker,
    revoked_at: manager.revokedAt,
  } satisfies Partial<ConnectedManagerColumns>
}

type ConnectionRepository = Pick<
  CloudRepository,
  | 'insertOffer'
  | 'takeOffer'
  | 'insertManager'
  | 'updateManager'
  | 'claimRequest'
  | 'noteManagerSeen'
  | 'rememberSealed'
  | 'insertSigningKey'
>

export function connectionRepository(database: CloudDatabase): ConnectionRepository {
  return {
    ...offers(database),
    async insertManager(manager) {
      await database
        .insertInto('connected_managers')
        .values({ id: manager.id, ...columnsOf(manager) })
        .execute()
    },
    async updateManager(manager) {
      const result = await database
        .updateTable('connected_managers')
        .set(columnsOf(manager))
        .where('id', '=', manager.id)
        .executeTakeFirst()
      expectWritten(result, 'manager', manager.id)
    },
    async claimRequest(managerId, requestId, expiresAt) {
      const result = await database
        .insertInto('seen_requests')
        .values({ manager_id: managerId, request_id: requestId, expires_at: expiresAt })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst()
      return result.numInsertedOrUpdatedRows === 1n
    },
    async noteManagerSeen(managerId, { at, marker }) {
      await database
        .updateTable('connected_managers')
        .set({ last_seen_at: at, ...(marker !== undefined && { last_marker: marker }) })
        .where('id', '=', managerId)
        .execute()
    },
    rememberSealed: (managerId, keyId, sealed) => rememberSealed(database, { managerId, keyId }, sealed),
    async insertSigningKey({ key, sealedPrivateKey, createdAt, activeFrom }) {
      await database
        .insertInto('cloud_signing_keys')
        .values({
          id: key.id,
          public_key: key.jwk,
          private_key: sealedPrivateKey,
          created_at: createdAt,
          active_from: activeFrom,
        })
        .execute()
    },
  }
}

function offers(database: CloudDatabase): Pick<CloudRepository, 'insertOffer' | 'takeOffer'> {
  return {
    async insertOffer({ mac, companyId, userId, signingKeyId, createdAt, expiresAt }) {
      await database
        .insertInto('registration_offers')
        .values({
          mac,
          company_id: companyId,
          user_id: userId,
          signing_key_id: signingKeyId,
          created_at: createdAt,
          expires_at: expiresAt,
        })
        .execute()
    },
    async takeOffer(macs) {
      const row = await database
        .deleteFrom('registration_offers')
        .where('mac', 'in', [...macs])
        .returningAll()
        .executeTakeFirst()
      return (
        row && {
          mac: bytes(row.mac),
          companyId: row.company_id,
          userId: row.user_id,
          signingKeyId: row.signing_key_id,
          createdAt: instant(row.created_at),
          expiresAt: instant(row.expires_at),
        }
      )
    },
  }
}

async function rememberSealed(
  database: CloudDatabase,
  { managerId, keyId }: { readonly managerId: string; readonly keyId: string },
  sealed: readonly SealedToManager[],
): Promise<void> {
  for (let from = 0; from < sealed.length; from += ROWS_AT_ONCE) {
    const rows = sealed.slice(from, from + ROWS_AT_ONCE).map(({ deviceId, seedVersion, sealed: text }) => ({
      manager_id: managerId,
      device_id: deviceId,
      key_id: keyId,
      seed_version: seedVersion,
      sealed: text,
    }))
    await database
      .insertInto('sealed_seeds')
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(['manager_id', 'device_id']).doUpdateSet((eb) => ({
          key_id: eb.ref('excluded.key_id'),
          seed_version: eb.ref('excluded.seed_version'),
          sealed: eb.ref('excluded.sealed'),
        })),
      )
      .execute()
  }
}
