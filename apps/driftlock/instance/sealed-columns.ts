import {
  type AdministrationStore,
  connectionKeysContext,
  radiusSecretContext,
  type SealedCell,
  type SealedColumn,
  seedContext,
  type TokenSeeds,
} from '@driftlock/application'

type Replacement = SealedCell & { readonly previous: SealedCell['sealed'] }

/** Counted no further: it is only for a progress bar. */
const COUNT_BOUND = 10_000_000

/** Every column of sealed values in the store, for the rotation of data keys. */
export function sealedColumns(store: AdministrationStore): readonly SealedColumn[] {
  return [tokenSeeds(store), radiusSecrets(store), waitingSeeds(store), connectionKeys(store)]
}

/** Seeds of apps whose users are not known yet; bound to the tokens they will be. */
function waitingSeeds(store: AdministrationStore): SealedColumn {
  const { highAvailability } = store.read
  const recordOf = new Map<string, string>()
  const { table, column } = seedContext('')
  return {
    table,
    column,
    purpose: 'seed',
    place: 'ha_records.seed',
    async count() {
      const { unmatched } = await highAvailability.counts()
      return Object.values(unmatched).reduce((sum, one) => sum + one, 0)
    },
    async page(afterRow, limit) {
      const after = recordOf.get(afterRow)
      // A resumed job does not know the record: it begins anew and passes over what is done.
      if (afterRow !== '' && after === undefined) return []
      const waiting = await highAvailability.waitingSeeds(after ?? '', limit)
      for (const { tokenId, recordId } of waiting) recordOf.set(tokenId, recordId)
      return waiting.map(({ tokenId, seed }) => ({ row: tokenId, sealed: seed }))
    },
    async replace(changes) {
      await store.transaction(async (tx) => {
        for (const { row, previous, sealed } of changes) {
          const recordId = recordOf.get(row)
          if (recordId !== undefined)
            await tx.highAvailability.resealWaiting({ recordId, tokenId: row, seed: sealed, previous })
        }
      })
    },
  }
}

/** One connection at most. */
function connectionKeys(store: AdministrationStore): SealedColumn {
  const one = async () => {
    const connection = await store.read.highAvailability.connection()
    return connection === undefined ? [] : [connection]
  }
  const { table, column } = connectionKeysContext('')
  return {
    table,
    column,
    purpose: 'private-key',
    place: 'ha_connections.keys',
    count: async () => (await one()).length,
    page: async (afterRow) =>
      (await one())
        .filter(({ identity }) => identity.managerId > afterRow)
        .map(({ identity, keys }) => ({ row: identity.managerId, sealed: keys })),
    async replace(changes) {
      await store.transaction(async (tx) => {
        const connection = await tx.highAvailability.connection()
        const change = changes.find(({ row }) => row === connection?.identity.managerId)
        if (connection === undefined || change === undefined) return
        if (Buffer.compare(connection.keys, change.previous) !== 0) return
        const { identity, version } = connection
        await tx.highAvailability.saveIdentity({ identity, keys: change.sealed, version })
      })
    },
  }
}

/** All seeds of a token, also those that wait and those that were voided, are bound to the same row. */
function tokenSeeds(store: AdministrationStore): SealedColumn {
  const { read } = store
  const cursors = new Map<string, string>()
  return {
    table: 'tokens',
    column: 'seed',
    purpose: 'seed',
    place: 'tokens.seed',
    count: async () => (await read.tokens.count({}, COUNT_BOUND)).count,
    async page(afterRow, limit) {
      // A resumed job does not know the cursor: it begins anew and passes over what is done.
      const after = cursors.get(afterRow)
      if (afterRow !== '' && after === undefined) return []
      const { items, next } = await read.tokens.sealedSeeds({ limit, ...(after !== undefined && { after }) })
      const last = items.at(-1)
      if (last !== undefined && next !== undefined) cursors.set(last.tokenId, next)
      return items.flatMap(({ tokenId, ...seeds }) => seedsIn(seeds).map((sealed) => ({ row: tokenId, sealed })))
    },
    async replace(changes) {
      for (const [tokenId, group] of Map.groupBy(changes, ({ row }) => row))
        await store.transaction(async (tx) => {
          const token = await tx.tokens.find(tokenId)
          const seeds = await tx.tokens.seeds(tokenId)
          if (token === undefined || seeds === undefined) return
          const resealed = { type: 'reseal', seeds: withReplacements(seeds, group) } as const
          await tx.tokens.update({ tokenId, version: token.state.version, seeds: resealed })
        })
    },
  }
}

function seedsIn({ seed, pendingSeed, voidedSeeds }: TokenSeeds) {
  return [seed, ...(pendingSeed === undefined ? [] : [pendingSeed]), ...voidedSeeds.map((voided) => voided.seed)]
}

/** What changed meanwhile is under the current key already. */
function withReplacements(seeds: TokenSeeds, changes: readonly Replacement[]): TokenSeeds {
  const replaced = (sealed: SealedCell['sealed']) =>
    changes.find(({ previous }) => Buffer.compare(previous, sealed) === 0)?.sealed ?? sealed
  return {
    seed: replaced(seeds.seed),
    ...(seeds.pendingSeed !== undefined && { pendingSeed: replaced(seeds.pendingSeed) }),
    voidedSeeds: seeds.voidedSeeds.map(({ seed, voidedAt }) => ({ seed: replaced(seed), voidedAt })),
  }
}

/** Some hundreds at most. */
function radiusSecrets(store: AdministrationStore): SealedColumn {
  const { read } = store
  const all = async () =>
    (await read.clients.radiusClients({}, { limit: 1000 })).items.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const { table, column } = radiusSecretContext('')
  return {
    table,
    column,
    purpose: 'radius-secret',
    place: 'radius_clients.secret',
    count: async () => (await all()).length,
    page: async (afterRow, limit) =>
      (await all())
        .filter(({ id }) => id > afterRow)
        .slice(0, limit)
        .map(({ id, secret }) => ({ row: id, sealed: secret })),
    async replace(changes) {
      await store.transaction(async (tx) => {
        for (const { row, previous, sealed } of changes) {
          const client = await tx.clients.radiusClient(row)
          if (client === undefined || Buffer.compare(client.secret, previous) !== 0) continue
          await tx.clients.updateRadiusClient({ ...client, secret: sealed })
        }
      })
    },
  }
}
