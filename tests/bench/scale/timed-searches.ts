import type { AuditFilter, Page, TokenFilter, TokenSort, UserFilter, UserSort } from '@driftlock/application'
import { addMs, type UnixMs } from '@driftlock/domain'
import type { Store } from '../../../adapters/sql/open-store.ts'
import { nameOf } from './grown-store.ts'
import { serialOf } from './timed-import.ts'

export interface Search {
  readonly name: string
  readonly page: () => Promise<Page<unknown>>
}

export interface Extent {
  readonly store: Store
  readonly userCount: number
  readonly now: UnixMs
}

const MS_PER_DAY = 86_400_000
const LIMIT = 50

/** What the lists of the consoles ask for, in the same words whatever the size of the store. */
export function tokenSearches({ store, userCount, now }: Extent): readonly Search[] {
  const { tokens, users } = store.administration.read
  const of = (
    name: string,
    filter: TokenFilter,
    more: { readonly sort?: TokenSort; readonly after?: string } = {},
  ) => ({
    name,
    page: () => tokens.search(filter, { limit: LIMIT, ...more }),
  })
  const ofUsers = (name: string, filter: UserFilter, sort?: UserSort) => ({
    name,
    page: () => users.search(filter, { limit: LIMIT, ...(sort !== undefined && { sort }) }),
  })
  const half = Math.floor(userCount / 2)
  const soon = addMs(now, 30 * MS_PER_DAY)
  const [one, three] = [['domain-3'], ['domain-1', 'domain-4', 'domain-8']]
  return [
    of('tokens, first page', {}),
    of('tokens, by serial', { serialPrefix: serialOf(half) }),
    of('tokens, by beginning of a serial', { serialPrefix: serialOf(half).slice(0, -2) }),
    of('tokens, by owner', { text: nameOf(half + 1) }),
    of('tokens, by beginning of anything', { text: nameOf(half).slice(0, -2) }),
    of('tokens, from the middle', {}, { after: cursor([serialOf(half)]) }),
    of('tokens, of the common kind', { kind: 'totp' }),
    of('tokens, of the rarer kind', { kind: 'securid' }),
    of('tokens, unassigned', { assigned: false }),
    of('tokens, disabled', { enabled: false }),
    of('tokens, soon to expire, by expiry', { expiresBefore: soon }, { sort: 'expiry' }),
    of('tokens, soon to expire, by serial', { expiresBefore: soon }),
    of('tokens, by last use', {}, { sort: 'last-used' }),
    of('tokens, of a domain', { securityDomainIds: one }),
    of('tokens, of three domains', { securityDomainIds: three }),
    of('tokens, of a domain by expiry', { securityDomainIds: one }, { sort: 'expiry' }),
    ofUsers('users, first page', {}),
    ofUsers('users, by user id', { usernamePrefix: nameOf(half) }),
    ofUsers('users, by beginning of anything', { text: nameOf(half).slice(0, -2) }),
    ofUsers('users, by a common first name', { text: 'ada' }),
    ofUsers('users, of a domain', { securityDomainIds: one }),
    ofUsers('users, of three domains', { securityDomainIds: three }),
    ofUsers('users, locked', { locked: { locked: true, ended: [] } }),
    ofUsers('users, without a token', { hasToken: false }),
    ofUsers('users, by last name', {}, 'last-name'),
    ofUsers('users, of a domain by last name', { securityDomainIds: one }, 'last-name'),
    ofUsers('users, by e-mail', {}, 'email'),
  ]
}

export function auditSearches({ store, userCount, now }: Extent): readonly Search[] {
  const { auditLog } = store.administration.read
  const of = (name: string, filter: AuditFilter, more: object = {}) => ({
    name,
    page: () => auditLog.search(filter, { limit: LIMIT, ...more }),
  })
  const half = Math.floor(userCount / 2)
  const user = `0190aaaa-0000-7000-8000-${serialOf(half)}`
  return [
    of('audit, newest', {}),
    of('audit, oldest', {}, { oldestFirst: true }),
    of('audit, before an instant', { before: addMs(now, -500_000) }),
    of('audit, of a user', { userId: user }),
    of('audit, of a token', { tokenSerial: serialOf(half) }),
    of('audit, of an agent', { agent: 'vpn' }),
    of('audit, of a rare action', { actions: ['assign-token'] }),
    of('audit, failures', { outcome: 'failure' }),
    of('audit, log-ons that failed, of a user', { actions: ['authenticate'], outcome: 'failure', userId: user }),
  ]
}

/** A cursor as pages hand them out. */
function cursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key), 'utf8').toString('base64url')
}

const ROUNDS = 41

/** @returns the median milliseconds of a page, the cold first ones included, and its rows. */
export async function medianMs({ page }: Search): Promise<{ readonly ms: number; readonly rows: number }> {
  const taken: number[] = []
  let rows = 0
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now()
    rows = (await page()).items.length
    taken.push(performance.now() - start)
  }
  return { ms: taken.toSorted((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0, rows }
}
