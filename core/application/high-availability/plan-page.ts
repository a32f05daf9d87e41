import {
  addDivergence,
  type Divergence,
  divergenceOf,
  type HeldRecord,
  type Match,
  matchingKey,
  type MatchCandidate,
  matchUser,
  NO_DIVERGENCE,
  type PlanOccasion,
  planRecord,
  type RecordPlan,
} from '@driftlock/domain'
import { seedContext } from '../authentication/snapshot-of.ts'
import type { AdministrationReader } from '../ports/administration-store.ts'
import { CloudError, type CloudCalls, type SealedRecord } from '../ports/cloud-service.ts'
import type { RecordWrite } from '../ports/high-availability-store.ts'
import type { Sealed } from '../ports/sealed.ts'
import { uniqueId } from '../unique-id.ts'
import type { HaPorts } from './ha-ports.ts'
import type { MatchingRule } from './matching-rule.ts'

export interface PageGround {
  readonly companyId: string
  readonly occasion: PlanOccasion
  readonly rule: MatchingRule
  /** Only what changed up to here counts as divergence; absent = nothing does. */
  readonly divergenceUpToMs?: number
}

/** Seeds sealed for this store, by record; null = what the cloud sent did not open. */
export type OpenedSeeds = ReadonlyMap<string, { readonly tokenId: string; readonly seed: Sealed | null }>

/** What a page of records changes here. Nothing is written yet; making the plan again gives the same. */
export interface PlannedPage {
  readonly writes: readonly RecordWrite[]
  /** Records that are here already as the cloud has them. */
  readonly unchanged: readonly string[]
  /** Other records with a serial of this page: of an earlier company, or of a registration that was replaced. */
  readonly superseded: readonly string[]
  readonly counts: PageCounts
  readonly divergence: Divergence
}

export interface PageCounts {
  readonly fetched: number
  readonly added: number
  readonly updated: number
  readonly revoked: number
  readonly unmatched: number
  readonly failed: number
}

/** Octets of a seed that can make codes (RFC 4226 §4 R6 asks for 16 at least). */
const SEED_OCTETS = { least: 16, most: 128 }

/** Seeds opened side by side. */
const OPENED_AT_ONCE = 64

/**
 * Looks up what is here, matches users and says what is to be written. Called twice: to know which seeds to open, and in
 * the transaction that writes, where nothing can change between the look and the write.
 * @param work.seeds `left-sealed`: the plan is only looked at, and never written.
 * @throws SeedMissingError when a seed must be opened that was not.
 */
export async function planPage(
  reader: PageReader,
  records: readonly SealedRecord[],
  { ground, seeds }: { readonly ground: PageGround; readonly seeds: OpenedSeeds | 'left-sealed' },
): Promise<PlannedPage> {
  const here = await whatIsHere(reader, records, ground)
  const plans = records.map((record) => planOne(record, here, ground))
  const changing = plans.filter(({ outcome }) => outcome !== 'unchanged')
  const writes = changing.map((plan) => writeOf(plan, ground, seeds))
  return {
    writes,
    unchanged: plans.filter(({ outcome }) => outcome === 'unchanged').map(({ record }) => record.recordId),
    superseded: here.superseded,
    counts: countsOf(plans, writes),
    divergence: plans
      .map((plan) => divergenceOf(plan, ground.divergenceUpToMs ?? -1))
      .reduce((sum: Divergence, kind) => addDivergence(sum, kind), NO_DIVERGENCE),
  }
}

/** Opens the seeds that a plan of these records asks for, and seals each for its token here. */
export async function openSeeds(
  ports: HaPorts,
  records: readonly SealedRecord[],
  { ground, session }: { readonly ground: PageGround; readonly session: CloudCalls },
): Promise<OpenedSeeds> {
  const here = await whatIsHere(ports.administration.read, records, ground)
  const wanted = records
    .map((record) => planOne(record, here, ground))
    .filter(({ seed, outcome }) => seed === 'unseal' && outcome !== 'unchanged')
  const opened = new Map<string, { readonly tokenId: string; readonly seed: Sealed | null }>()
  for (let from = 0; from < wanted.length; from += OPENED_AT_ONCE) {
    const some = wanted.slice(from, from + OPENED_AT_ONCE)
    const seeds = await Promise.all(some.map(({ record }) => openSeed(session, record)))
    for (const [index, { record, held }] of some.entries()) {
      const tokenId = held?.tokenId ?? uniqueId(ports)
      const seed = seeds[index]
      opened.set(record.recordId, {
        tokenId,
        seed: seed === undefined ? null : ports.keys.seal('seed', seedContext(tokenId), seed),
      })
      seed?.fill(0)
    }
  }
  return opened
}

/** Records of the page changed here between the look and the write: open its seeds anew. */
export class SeedMissingError extends Error {
  constructor() {
    super('A seed of the page is needed that was not opened, or not for the token that there is now.')
    this.name = 'SeedMissingError'
  }
}

type PageReader = Pick<AdministrationReader, 'highAvailability' | 'securityDomains'>

interface Here {
  readonly held: ReadonlyMap<string, HeldRecord>
  readonly candidates: ReadonlyMap<string, readonly MatchCandidate[]>
  readonly knownSources: readonly string[]
  /** Token ids by serial, of serials that are new here. */
  readonly tokens: ReadonlyMap<string, string>
  readonly superseded: readonly string[]
}

async function whatIsHere(
  { highAvailability: store, securityDomains }: PageReader,
  records: readonly SealedRecord[],
  { rule }: PageGround,
): Promise<Here> {
  const held = new Map((await store.held(records.map(({ recordId }) => recordId))).map((one) => [one.recordId, one]))
  const active = records.filter(({ state }) => state === 'active')
  const candidates = await store.candidates(
    rule.attribute,
    active.map(({ userAttribute }) => matchingKey(userAttribute)),
  )
  const newSerials = records
    .filter(({ recordId, serial }) => held.get(recordId)?.serial !== serial)
    .map(({ serial }) => serial)
  const ids = new Map(records.map(({ serial, recordId }) => [serial, recordId]))
  const others = await store.withSerials(newSerials)
  const superseded = others.filter(({ serial, recordId }) => ids.get(serial) !== recordId)
  const isSuperseded = new Set(superseded.map(({ serial }) => serial))
  const tokens = await store.tokensWithSerials(newSerials.filter((serial) => !isSuperseded.has(serial)))
  const knownSources = (await securityDomains.identitySources()).map(({ name }) => name)
  return { held, candidates, knownSources, tokens, superseded: superseded.map(({ recordId }) => recordId) }
}

function planOne(record: SealedRecord, here: Here, { rule, occasion, companyId }: PageGround): RecordPlan {
  const held = here.held.get(record.recordId)
  const candidates = here.candidates.get(matchingKey(record.userAttribute)) ?? []
  const { knownSources } = here
  const found = matchUser(record, { sources: rule.sources, knownSources, candidates })
  const owner = here.tokens.get(record.serial)
  const isTaken = owner !== undefined && owner !== held?.tokenId
  const match: Match = isTaken ? { type: 'unmatched', reason: 'serial-taken' } : found
  return planRecord(record, held, { match, occasion, companyId })
}

function writeOf(
  plan: RecordPlan,
  { companyId, occasion }: PageGround,
  seeds: OpenedSeeds | 'left-sealed',
): RecordWrite {
  const { record, held, place, leaveDeleted } = plan
  const opened = seeds === 'left-sealed' ? undefined : seeds.get(record.recordId)
  // A user who was created at this very moment may have been overlooked: a new record is looked at once more.
  const lookAgain = held === undefined && place.type === 'unmatched'
  const tokenId = held?.tokenId ?? opened?.tokenId ?? ''
  const common = { record, held, companyId, tokenId, leaveDeleted, lookAgain }
  if (plan.seed !== 'unseal') return { ...common, place, seed: plan.seed }
  if (seeds === 'left-sealed') return { ...common, place, seed: 'keep' }
  // Where records are only matched anew no seed is at hand: what did not open before still does not.
  if (opened === undefined ? occasion !== 'rematch' : opened.tokenId !== tokenId) throw new SeedMissingError()
  if (opened === undefined || opened.seed === null)
    return { ...common, place: { type: 'unmatched', reason: 'seed-unreadable' }, seed: 'drop' }
  return { ...common, place, seed: opened.seed }
}

async function openSeed(session: CloudCalls, record: SealedRecord): Promise<Uint8Array | undefined> {
  try {
    const seed = await session.openSeed(record)
    return seed.length >= SEED_OCTETS.least && seed.length <= SEED_OCTETS.most ? seed : undefined
  } catch (error) {
    if (error instanceof CloudError && error.code === 'SEED_UNREADABLE') return undefined
    throw error
  }
}

function countsOf(plans: readonly RecordPlan[], writes: readonly RecordWrite[]): PageCounts {
  const having = (outcome: RecordPlan['outcome']) => plans.filter((plan) => plan.outcome === outcome).length
  const unreadable = writes.filter(({ place }) => place.type === 'unmatched' && place.reason === 'seed-unreadable')
  return {
    fetched: plans.length,
    added: having('added'),
    updated: having('updated'),
    revoked: having('revoked'),
    unmatched: plans.filter(({ place }) => place.type === 'unmatched').length,
    failed: unreadable.length,
  }
}
