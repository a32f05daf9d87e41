import {
  type AuditFilter,
  type Page,
  type SearchRequest,
  type TokenFilter,
  type TokenSort,
  type UserFilter,
  type UserSort,
} from '@driftlock/application'
import { addMs, MS_PER_DAY, type UnixMs, unixMs } from '@driftlock/domain'
import type { Store } from '../../../adapters/sql/open-store.ts'
import { nameOf } from './grown-store.ts'
import { serialOf } from './timed-import.ts'

export interface Extent {
  readonly store: Store
  readonly userCount: number
  readonly now: UnixMs
}

export interface Search {
  readonly name: string
  readonly page: (request: SearchRequest) => Promise<Page<unknown>>
}

export const TOKEN_SORTS: readonly TokenSort[] = ['serial', 'expiry', 'last-used', 'leaves-window', 'owner']
export const USER_SORTS: readonly UserSort[] = ['username', 'first-name', 'last-name', 'email', 'expiry']

/** What an administrator of everything, of one domain, of three, of one that has one row and of an empty one sees. */
const SCOPES: readonly (readonly [string, readonly string[] | undefined])[] = [
  ['', undefined],
  [' in a domain', ['domain-3']],
  [' in three domains', ['domain-1', 'domain-4', 'domain-8']],
  [' in a domain of one', ['domain-last']],
  [' in an empty domain', ['domain-empty']],
]

function tokenFilters({ userCount, now }: Extent): Readonly<Record<string, TokenFilter>> {
  const half = Math.floor(userCount / 2)
  const yesNo = (name: keyof TokenFilter): readonly (readonly [string, TokenFilter])[] => [
    [name, { [name]: true }],
    [`not ${name}`, { [name]: false }],
  ]
  return {
    all: {},
    'by serial': { serialPrefix: serialOf(half) },
    'by beginning of a serial': { serialPrefix: serialOf(half).slice(0, -2) },
    'by the beginning of every serial': { serialPrefix: '000' },
    'by no serial': { serialPrefix: '9' },
    'by owner': { text: nameOf(half + 1) },
    'by beginning of an owner': { text: nameOf(half).slice(0, -2) },
    'by the beginning of every owner': { text: 'user' },
    'by no text': { text: 'zzz' },
    'of a user': { userId: `0190aaaa-0000-7000-8000-${serialOf(half + 1)}` },
    'of nobody': { userId: 'nobody' },
    'of the common kind': { kind: 'totp' },
    'of the rarer kind': { kind: 'securid' },
    'of a kind that one is': { kind: 'hotp' },
    'of a form that one has': { formFactor: 'pinpad' },
    'of a form that none has': { formFactor: 'software' },
    'expire soon': { expiresBefore: addMs(now, 30 * MS_PER_DAY) },
    'expire some day': { expiresBefore: addMs(now, 5000 * MS_PER_DAY) },
    'expired long ago': { expiresBefore: unixMs(1) },
    'expire late': { expiresFrom: addMs(now, 1700 * MS_PER_DAY) },
    'never expire': { expiresFrom: addMs(now, 5000 * MS_PER_DAY) },
    'leave their windows soon': { leavesWindowBefore: addMs(now, 30 * MS_PER_DAY) },
    'unused for long': { unusedSince: addMs(now, -80 * MS_PER_DAY) },
    'unused ever': { unusedSince: unixMs(1) },
    'used some day': { unusedSince: now },
    'disabled of the rarer kind': { enabled: false, kind: 'securid' },
    'free, expire soon': { assigned: false, expiresBefore: addMs(now, 30 * MS_PER_DAY) },
    ...Object.fromEntries<TokenFilter>(
      (
        ['assigned', 'enabled', 'lost', 'hasEmergencyAccess', 'newPinRequired', 'hasPin', 'hasPendingSeed'] as const
      ).flatMap(yesNo),
    ),
  }
}

function userFilters({ userCount, now }: Extent): Readonly<Record<string, UserFilter>> {
  const half = Math.floor(userCount / 2)
  return {
    all: {},
    'by user id': { usernamePrefix: nameOf(half) },
    'by beginning of a user id': { usernamePrefix: nameOf(half).slice(0, -2) },
    'by no user id': { usernamePrefix: 'zzz' },
    'by text of one': { text: nameOf(half) },
    'by beginning of anything': { text: nameOf(half).slice(0, -2) },
    'by a common first name': { text: 'ada' },
    'by a last name': { text: 'name4242' },
    'by the beginning of everything': { text: 'user' },
    'by no text': { text: 'zzz' },
    enabled: { enabled: true },
    disabled: { enabled: false },
    locked: { locked: { locked: true, ended: [] } },
    'not locked': { locked: { locked: false, ended: [{ beganBy: now }] } },
    'expired long ago': { expiresBefore: unixMs(2) },
    'expired never': { expiresBefore: unixMs(1) },
    'with a token': { hasToken: true },
    'without a token': { hasToken: false },
    'disabled without a token': { hasToken: false, enabled: false },
    'of the common source': { identitySourceId: 'internal' },
    'of a source of nobody': { identitySourceId: 'nothing' },
  }
}

function auditFilters({ userCount, now }: Extent): Readonly<Record<string, AuditFilter>> {
  const half = Math.floor(userCount / 2)
  const userId = `0190aaaa-0000-7000-8000-${serialOf(half)}`
  return {
    all: {},
    'of a span': { from: addMs(now, -100_000_000), before: addMs(now, -500_000) },
    'of a span before all': { before: unixMs(1) },
    'of a user': { userId },
    'of a token': { tokenSerial: serialOf(half) },
    'of the common agent': { agent: 'vpn' },
    'of the rare agent': { agent: 'door' },
    'of no agent': { agent: 'none' },
    'of a common actor': { actorId: 'agent-1' },
    'of a rare actor': { actorId: 'agent-2' },
    'of log-ons': { actions: ['authenticate'] },
    'of a rare action': { actions: ['assign-token'] },
    'of several rare actions': { actions: ['assign-token', 'unassign-token', 'create-user', 'delete-user'] },
    'of an action that never was': { actions: ['remove-administrator'] },
    'that failed': { outcome: 'failure' },
    'that warned': { outcome: 'warning' },
    'of a rare reason': { reason: 'token-expired' },
    'of no reason': { reason: 'none' },
    'of a chain': { chainId: 'grown' },
    'of no chain': { chainId: 'none' },
    'log-ons that failed, of a user': { actions: ['authenticate'], outcome: 'failure', userId },
    'rare actions that failed, of an agent': { actions: ['assign-token'], outcome: 'warning', agent: 'vpn' },
  }
}

/** Every list by each filter, each sort and each scope. */
export function everyList(extent: Extent): readonly Search[] {
  const { tokens, users, auditLog } = extent.store.administration.read
  const searches: Search[] = []
  for (const [scope, securityDomainIds] of SCOPES) {
    const within = securityDomainIds === undefined ? {} : { securityDomainIds }
    for (const [name, filter] of Object.entries(tokenFilters(extent)))
      for (const sort of TOKEN_SORTS)
        searches.push({
          name: `tokens ${name}${scope}, by ${sort}`,
          page: (page) => tokens.search({ ...filter, ...within }, { ...page, sort }),
        })
    for (const [name, filter] of Object.entries(userFilters(extent)))
      for (const sort of USER_SORTS)
        searches.push({
          name: `users ${name}${scope}, by ${sort}`,
          page: (page) => users.search({ ...filter, ...within }, { ...page, sort }),
        })
    for (const [name, filter] of Object.entries(auditFilters(extent)))
      for (const oldestFirst of [false, true])
        searches.push({
          name: `audit ${name}${scope}, ${oldestFirst ? 'oldest' : 'newest'} first`,
          page: (page) => auditLog.search({ ...filter, ...within }, { ...page, oldestFirst }),
        })
  }
  return searches
}

const PAGES_DEEP = 10
const LONG_MS = 100

/** The median milliseconds of the first page and of the deepest page within reach, their rows, and whether more follow. */
export interface ListCost {
  readonly firstMs: number
  readonly deepMs: number
  readonly rows: number
  readonly hasMore: boolean
}

async function median(rounds: number, page: () => Promise<Page<unknown>>) {
  const taken: number[] = []
  let result: Page<unknown> = { items: [] }
  for (let round = 0; round < rounds; round++) {
    const start = performance.now()
    result = await page()
    taken.push(performance.now() - start)
    if ((taken.at(-1) ?? 0) > LONG_MS) break
  }
  return { ms: taken.toSorted((a, b) => a - b)[Math.floor(taken.length / 2)] ?? 0, result }
}

/** @param rounds How often a page is asked for, the cold first time included. */
export async function listCost({ page }: Search, request: SearchRequest, rounds: number): Promise<ListCost> {
  const first = await median(rounds, () => page(request))
  let { next } = first.result
  for (let depth = 1; depth < PAGES_DEEP && next !== undefined; depth++) {
    const start = performance.now()
    const further: Page<unknown> = await page({ ...request, after: next })
    if (further.next === undefined || performance.now() - start > LONG_MS) break
    next = further.next
  }
  const after = next
  const deep = after === undefined ? first : await median(rounds, () => page({ ...request, after }))
  const { items, next: more } = first.result
  return { firstMs: first.ms, deepMs: deep.ms, rows: items.length, hasMore: more !== undefined }
}
