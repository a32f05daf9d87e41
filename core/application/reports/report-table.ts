import type { AuditAction, DomainTree, UnixMs } from '@driftlock/domain'
import { AUDIT_ACTIONS, domainPath } from '@driftlock/domain'
import { utcText } from '../audit/utc-text.ts'
import type { AdministrationReader } from '../ports/administration-store.ts'
import type { AuditRecord } from '../ports/audit-store.ts'
import type { Page } from '../ports/page.ts'
import type { ManagedToken, TokenFilter, TokenSort } from '../ports/token-store.ts'
import type { ManagedUser } from '../ports/user-store.ts'
import { userFilterNow, type UserSearch } from '../users/locked-now.ts'

/** A row of a report: a text for each column. */
export type ReportRow = readonly string[]

/** Over what a report runs. */
export interface ReportScope {
  /** undefined = the whole deployment. */
  readonly securityDomainIds: readonly string[] | undefined
  /** To name security domains by. */
  readonly domains: DomainTree
  readonly now: UnixMs
  /** For reports of activity; absent = all that is kept. */
  readonly from?: UnixMs
  readonly before?: UnixMs
  /** For reports of what will end; absent = 90. */
  readonly withinDays?: number
}

export interface ReportDefinition {
  readonly title: string
  readonly columns: readonly string[]
  rows(read: AdministrationReader, scope: ReportScope): AsyncGenerator<ReportRow>
}

const PAGE = 500
const MS_PER_DAY = 86_400_000

const USER_COLUMNS = ['User ID', 'First name', 'Last name', 'E-mail', 'Security domain', 'Enabled', 'Starts', 'Expires']
const TOKEN_COLUMNS = [
  'Serial',
  'Kind',
  'Form',
  'Owner',
  'Security domain',
  'Enabled',
  'Expires',
  'Last used',
  'PIN set',
  'Lost',
]
const ACTIVITY_COLUMNS = ['Time', 'Action', 'Outcome', 'Reason', 'Who', 'User ID', 'Token', 'Agent', 'Client address']

/** The reports most used of those the system described has (authentication-manager §6.5), under their names there where it has one. */
export const REPORTS = {
  'all-users': users('All Users', () => ({})),
  'users-with-tokens': users('Users with Tokens', () => ({ hasToken: true })),
  'users-without-tokens': users('Users without Tokens', () => ({ hasToken: false })),
  'expired-users': users('Expired User Accounts', ({ now }) => ({ expiresBefore: now })),
  'locked-users': users('Users who met the Lockout Policy', () => ({ locked: true })),
  'user-aliases': aliases(),
  'token-expiration': tokens('Token Expiration', expiring, 'expiry'),
  'software-tokens': tokens('Software Token', () => ({ formFactor: 'software' })),
  'unassigned-tokens': tokens('Unassigned Tokens', () => ({ assigned: false })),
  'lost-tokens': tokens('Lost Tokens', () => ({ lost: true })),
  'emergency-access': tokens('Tokens with Emergency Access', () => ({ hasEmergencyAccess: true })),
  'pending-redistributions': tokens('Redistributed Tokens not used yet', () => ({ hasPendingSeed: true })),
  'drifting-tokens': tokens('Tokens about to leave their Windows', leaving, 'leaves-window'),
  'authentication-activity': activity('Authentication Activity', ['authenticate', 'resynchronise-token']),
  'administrator-activity': activity('Administrator Activity', administratorActions()),
} as const satisfies Record<string, ReportDefinition>

export type ReportId = keyof typeof REPORTS

function expiring({ now, withinDays = 90 }: ReportScope): TokenFilter {
  return { expiresBefore: (now + withinDays * MS_PER_DAY) as UnixMs } // whole milliseconds and whole days
}

function leaving({ now, withinDays = 90 }: ReportScope): TokenFilter {
  return { leavesWindowBefore: (now + withinDays * MS_PER_DAY) as UnixMs } // whole milliseconds and whole days
}

function users(title: string, filterOf: (scope: ReportScope) => UserSearch): ReportDefinition {
  return {
    title,
    columns: USER_COLUMNS,
    async *rows(read, scope) {
      const filter = await userFilterNow(read, { ...filterOf(scope), ...inDomains(scope) }, scope.now)
      for await (const user of all((page) => read.users.search(filter, page))) yield userRow(user, scope)
    },
  }
}

function aliases(): ReportDefinition {
  return {
    title: 'List all User Alias',
    columns: ['User ID', 'Alias'],
    async *rows(read, scope) {
      for await (const { user, aliases: names } of all((page) => read.users.search(inDomains(scope), page)))
        for (const name of names) yield [user.username, name]
    },
  }
}

function tokens(title: string, filterOf: (scope: ReportScope) => TokenFilter, sort?: TokenSort): ReportDefinition {
  return {
    title,
    columns: TOKEN_COLUMNS,
    async *rows(read, scope) {
      const filter = { ...filterOf(scope), ...inDomains(scope) }
      const order = sort === undefined ? {} : { sort }
      for await (const token of all((page) => read.tokens.search(filter, { ...page, ...order })))
        yield tokenRow(token, scope)
    },
  }
}

function activity(title: string, actions: readonly AuditAction[]): ReportDefinition {
  return {
    title,
    columns: ACTIVITY_COLUMNS,
    async *rows(read, scope) {
      const { from, before } = scope
      const span = { ...(from !== undefined && { from }), ...(before !== undefined && { before }) }
      const filter = { actions, ...span, ...inDomains(scope) }
      for await (const record of all((page) => read.auditLog.search(filter, page))) yield activityRow(record)
    },
  }
}

function administratorActions(): readonly AuditAction[] {
  const ofUsers = new Set<AuditAction>(['authenticate', 'resynchronise-token', 'start-instance', 'stop-instance'])
  return (Object.keys(AUDIT_ACTIONS) as AuditAction[]).filter((action) => !ofUsers.has(action)) // the keys of that table
}

function inDomains({ securityDomainIds }: ReportScope): { readonly securityDomainIds?: readonly string[] } {
  return securityDomainIds === undefined ? {} : { securityDomainIds }
}

interface PageAsked {
  readonly limit: number
  readonly after?: string
}

async function* all<T>(search: (page: PageAsked) => Promise<Page<T>>): AsyncGenerator<T> {
  for (let after: string | undefined; ; ) {
    const { items, next } = await search({ limit: PAGE, ...(after !== undefined && { after }) })
    yield* items
    if (next === undefined) return
    after = next
  }
}

function userRow({ user, firstName, lastName, email }: ManagedUser, scope: ReportScope): ReportRow {
  const { username, securityDomainId, enabled, startsAt, expiresAt } = user
  const domain = domainIn(scope, securityDomainId)
  return [username, firstName, lastName, email, domain, yesNo(enabled), time(startsAt), time(expiresAt)]
}

function tokenRow({ record, state, securityDomainId, username }: ManagedToken, scope: ReportScope): ReportRow {
  const { serial, kind, formFactor, enabled, expiresAt } = record
  const { lastAcceptedAt, pin, lost } = state
  const flags = [yesNo(enabled), time(expiresAt), time(lastAcceptedAt), yesNo(pin !== null), yesNo(lost)]
  return [serial, kind, formFactor, username ?? '', domainIn(scope, securityDomainId), ...flags]
}

function activityRow({ entry }: AuditRecord): ReportRow {
  const { at, action, outcome, reason, actor, username = '', tokenSerial = '', agent = '', clientAddress = '' } = entry
  return [
    time(at),
    AUDIT_ACTIONS[action].text,
    outcome,
    reason,
    actor.name,
    username,
    tokenSerial,
    agent,
    clientAddress,
  ]
}

/** A domain made since the report began has no name here yet. */
function domainIn({ domains }: ReportScope, id: string): string {
  return domains.has(id) ? domainPath(id, domains) : id
}

function yesNo(value: boolean): string {
  return value ? 'yes' : 'no'
}

function time(instant: UnixMs | null): string {
  return instant === null ? '' : utcText(instant)
}
