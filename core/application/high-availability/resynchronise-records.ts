import { addDivergence, type Divergence, matchingKey, NO_DIVERGENCE, START_MARKER } from '@driftlock/domain'
import type { AdministrationContext } from '../administration/administration-context.ts'
import { authoriseAct } from '../administration/authorise-act.ts'
import { findUser } from '../administration/find-object.ts'
import { administer } from '../administration/unit-of-work.ts'
import type { CloudPage, SealedRecord } from '../ports/cloud-service.ts'
import { GLOBAL_SCOPE } from '../ports/configuration-store.ts'
import type { ManagedUser } from '../ports/user-store.ts'
import { foreignCompany } from './fetch-records.ts'
import { type HaPorts, openSession, requireConnection } from './ha-ports.ts'
import { type MatchingRule, matchingRule } from './matching-rule.ts'
import { openSeeds, type PageCounts, type PageGround, planPage } from './plan-page.ts'
import { auditLostTokens, auditRemoval } from './sync-state.ts'
import { MARKER_TIME_KEY } from './ha-names.ts'

const MANAGE = { permission: 'manage-high-availability', securityDomainId: null } as const

/**
 * Makes the next run fetch everything again: the marker time becomes 0 for all instances, as `update_config` of seed 001
 * does it. @throws ApplicationError `CLOUD_NOT_CONNECTED`, `NOT_AUTHORISED`.
 */
export async function requestResync(ports: HaPorts, context: AdministrationContext): Promise<void> {
  await administer(ports, { context, action: 'resynchronise-records' }, async (unit) => {
    await unit.authorise(MANAGE)
    await requireConnection(ports)
    const before = (await unit.tx.configuration.setting(MARKER_TIME_KEY, GLOBAL_SCOPE))?.value ?? '0'
    const scope = GLOBAL_SCOPE
    await unit.tx.configuration.setSetting({ key: MARKER_TIME_KEY, scope, value: '0', updatedAt: unit.now })
    unit.audit({ action: 'resynchronise-records', before: { markerTime: before }, after: { markerTime: '0' } })
  })
}

/** What a resynchronisation would change, or did. */
export interface RecordResync {
  readonly counts: PageCounts
  /** Records that are here, but no more at the cloud. */
  readonly removed: number
  readonly divergence: Divergence
}

const NOTHING: PageCounts = { fetched: 0, added: 0, updated: 0, revoked: 0, unmatched: 0, failed: 0 }

/**
 * Compares everything with the cloud and changes nothing. @throws CloudError; ApplicationError `CLOUD_NOT_CONNECTED`,
 * `NOT_AUTHORISED`.
 */
export async function previewResync(ports: HaPorts, context: AdministrationContext): Promise<RecordResync> {
  const { read } = ports.administration
  await authoriseAct(read, context, { ...MANAGE, permission: 'view-high-availability' })
  const connection = await requireConnection(ports)
  const session = await openSession(ports, connection)
  const ground = await groundOf(ports, connection.identity.companyId)
  let result: RecordResync = { counts: NOTHING, removed: 0, divergence: NO_DIVERGENCE }
  let met = 0
  for (let after = START_MARKER; ; ) {
    const page = await session.feed(after, PREVIEW_PAGE)
    requireCompany(page, ground)
    const planned = await planPage(read, page.records, { ground, seeds: 'left-sealed' })
    met += planned.unchanged.length + planned.writes.filter(({ held }) => held !== undefined).length
    result = sumOf(result, planned)
    if (!page.hasMore) break
    after = page.nextMarker
  }
  const { matched, unmatched, revoked, deletedHere } = await read.highAvailability.counts()
  const here = matched + revoked + deletedHere + Object.values(unmatched).reduce((sum, count) => sum + count, 0)
  const removed = Math.max(0, here - met)
  return { ...result, removed, divergence: addDivergence(result.divergence, 'gone', removed) }
}

const PREVIEW_PAGE = 1000

/**
 * Fetches what one user has at the cloud, whatever the marker, and makes it so here.
 * @throws CloudError; ApplicationError `CLOUD_NOT_CONNECTED`, `NOT_FOUND`, `NOT_AUTHORISED`.
 */
export async function resyncUser(
  ports: HaPorts,
  context: AdministrationContext,
  { user: name, dryRun = false }: { readonly user: string; readonly dryRun?: boolean },
): Promise<RecordResync> {
  const { read } = ports.administration
  await authoriseAct(read, context, MANAGE)
  const user = await findUser(read, name)
  const connection = await requireConnection(ports)
  const session = await openSession(ports, connection)
  const ground = await groundOf(ports, connection.identity.companyId)
  const answer = await session.userRecords(attributeOf(user, ground.rule))
  requireCompany(answer, ground)
  if (dryRun) {
    const planned = await planPage(read, answer.records, { ground, seeds: 'left-sealed' })
    const gone = await goneOf(ports, user, answer.records)
    return sumOf({ counts: NOTHING, removed: gone.length, divergence: NO_DIVERGENCE }, planned)
  }
  const seeds = await openSeeds(ports, answer.records, { ground, session })
  const { generation } = connection.progress
  return administer(ports, { context, action: 'resynchronise-records' }, async (unit) => {
    await unit.authorise(MANAGE)
    const { tx, now } = unit
    const gone = await goneOf(ports, user, answer.records)
    auditRemoval(ports, tx, { serials: await tx.highAvailability.removeRecords(gone), reason: 'gone' })
    const planned = await planPage(tx, answer.records, { ground, seeds })
    await tx.highAvailability.removeRecords(planned.superseded)
    await tx.highAvailability.write(planned.writes, { generation, now })
    auditLostTokens(ports, tx, planned.writes)
    const result = sumOf({ counts: NOTHING, removed: gone.length, divergence: NO_DIVERGENCE }, planned)
    unit.audit({ action: 'resynchronise-records', user, after: result })
    return result
  })
}

async function groundOf(ports: HaPorts, companyId: string): Promise<PageGround & { readonly rule: MatchingRule }> {
  const rule = await matchingRule(ports.administration.read)
  return { companyId, occasion: 'full', rule, divergenceUpToMs: Number.MAX_SAFE_INTEGER }
}

/** Records the user holds here that the cloud did not name. */
async function goneOf(ports: HaPorts, { user }: ManagedUser, records: readonly SealedRecord[]) {
  const named = new Set(records.map(({ recordId }) => recordId))
  const held = await ports.administration.read.highAvailability.heldOfUser(user.id)
  return held.map(({ recordId }) => recordId).filter((recordId) => !named.has(recordId))
}

function attributeOf({ user, email }: ManagedUser, { attribute }: MatchingRule): string {
  return attribute === 'email' ? email : matchingKey(user.username)
}

function requireCompany({ companyId }: Pick<CloudPage, 'companyId'>, ground: PageGround): void {
  if (companyId !== ground.companyId) throw foreignCompany(ground.companyId, companyId)
}

function sumOf(
  { counts, removed, divergence }: RecordResync,
  planned: { readonly counts: PageCounts; readonly divergence: Divergence },
): RecordResync {
  return {
    removed,
    counts: {
      fetched: counts.fetched + planned.counts.fetched,
      added: counts.added + planned.counts.added,
      updated: counts.updated + planned.counts.updated,
      revoked: counts.revoked + planned.counts.revoked,
      unmatched: counts.unmatched + planned.counts.unmatched,
      failed: counts.failed + planned.counts.failed,
    },
    divergence: {
      missing: divergence.missing + planned.divergence.missing,
      deletedHere: divergence.deletedHere + planned.divergence.deletedHere,
      different: divergence.different + planned.divergence.different,
      gone: divergence.gone + planned.divergence.gone,
    },
  }
}
