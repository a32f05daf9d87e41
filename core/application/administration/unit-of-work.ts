import type { AuditAction, AuditEntry, AuditOutcome, Trace, UnixMs } from '@driftlock/domain'
import { ApplicationError } from '../errors/application-error.ts'
import type { ObjectType } from '../errors/application-errors.ts'
import type { AdministrationTransaction } from '../ports/administration-store.ts'
import { StoreError } from '../ports/store-error.ts'
import type { ManagedToken } from '../ports/token-store.ts'
import type { ManagedUser } from '../ports/user-store.ts'
import type { ACT_REASONS } from '../audit/act-reasons.ts'
import { uniqueId } from '../unique-id.ts'
import type { AdministrationContext } from './administration-context.ts'
import type { AdministrationPorts } from './administration-ports.ts'
import { authoriseAct, authoriseOwner, type ContextAct } from './authorise-act.ts'

/** The `reason` of an audit record for an act that was done as asked. */
export const DONE: keyof typeof ACT_REASONS = 'done'

/** What a use case says of what it did; who, when and through what is added. */
export interface AuditDraft {
  readonly action: AuditAction
  readonly outcome?: AuditOutcome
  /** Absent = `done`. */
  readonly reason?: string
  readonly user?: ManagedUser | undefined
  readonly token?: ManagedToken | undefined
  /** Absent = that of the token, else of the user. */
  readonly securityDomainId?: string
  readonly before?: unknown
  readonly after?: unknown
  readonly trace?: Trace
}

/** One unit of work of a use case: its transaction, its instant, its right to act and its audit records. */
export interface Unit {
  readonly tx: AdministrationTransaction
  readonly now: UnixMs
  /** @throws ApplicationError `NOT_AUTHORISED`, `MORE_THAN_HELD`. */
  readonly authorise: (act: ContextAct) => Promise<void>
  /** For self-service: the user of the context must own what is touched. @throws ApplicationError `NOT_AUTHORISED`. */
  readonly authoriseOwner: (ownerId: string | null) => void
  /** For the few acts that a secret, checked by the use case, allows by itself (a set-up code). */
  readonly authoriseBySecret: () => void
  readonly audit: (draft: AuditDraft) => void
}

/** Who does what: a refusal for lack of a right is audited under this action. */
export interface Deed {
  readonly context: AdministrationContext
  readonly action: AuditAction
}

/** Races with log-ons on the same row are rare and short; more rounds mean that somebody else keeps changing it. */
const MAX_ROUNDS = 5

/**
 * Runs a use case as one unit: authorised, done and audited together, or nothing. It runs again when a log-on changed a row
 * meanwhile. A refused right is audited by itself.
 * @throws ApplicationError; StoreError when the store does not answer.
 */
export async function administer<T>(
  ports: AdministrationPorts,
  deed: Deed,
  work: (unit: Unit) => Promise<T>,
): Promise<T> {
  for (let round = 1; ; round++) {
    try {
      return await ports.administration.transaction((tx) => runUnit(ports, deed, { tx, work }))
    } catch (error) {
      if (error instanceof StoreError && error.code === 'STALE_VERSION' && round < MAX_ROUNDS) continue
      if (isRefusal(error)) await auditRefusal(ports, deed, error)
      throw asApplicationError(error)
    }
  }
}

interface Run<T> {
  readonly tx: AdministrationTransaction
  readonly work: (unit: Unit) => Promise<T>
}

async function runUnit<T>(ports: AdministrationPorts, { context }: Deed, { tx, work }: Run<T>): Promise<T> {
  const now = ports.clock.now()
  let authorised = false
  const unit: Unit = {
    tx,
    now,
    async authorise(act) {
      await authoriseAct(tx, context, act)
      authorised = true
    },
    authoriseOwner(ownerId) {
      authoriseOwner(context, ownerId)
      authorised = true
    },
    authoriseBySecret() {
      authorised = true
    },
    audit: (draft) => tx.audit(entryOf(ports, context, { draft, now })),
  }
  const result = await work(unit)
  if (!authorised) throw new TypeError('A use case changed something without asking the authoriser.')
  return result
}

function entryOf(
  ports: AdministrationPorts,
  { actor, clientAddress, requestId }: AdministrationContext,
  { draft, now }: { readonly draft: AuditDraft; readonly now: UnixMs },
): AuditEntry {
  const { action, outcome = 'success', reason = DONE, user, token, before, after, trace } = draft
  const domainId = draft.securityDomainId ?? token?.securityDomainId ?? user?.user.securityDomainId
  return {
    id: uniqueId(ports),
    at: now,
    actor,
    action,
    outcome,
    reason,
    ...(user !== undefined && { userId: user.user.id, username: user.user.username }),
    ...(token !== undefined && { tokenSerial: token.record.serial }),
    ...(domainId !== undefined && { securityDomainId: domainId }),
    ...(clientAddress !== undefined && { clientAddress }),
    ...(requestId !== undefined && { requestId }),
    ...(before !== undefined && { before }),
    ...(after !== undefined && { after }),
    ...(trace !== undefined && { trace }),
  }
}

type Refusal = ApplicationError<'NOT_AUTHORISED' | 'MORE_THAN_HELD'>

function isRefusal(error: unknown): error is Refusal {
  return error instanceof ApplicationError && (error.code === 'NOT_AUTHORISED' || error.code === 'MORE_THAN_HELD')
}

async function auditRefusal(ports: AdministrationPorts, { context, action }: Deed, error: Refusal): Promise<void> {
  const draft: AuditDraft = { action, outcome: 'failure', reason: error.code, after: error.facts }
  await ports.administration.transaction(async (tx) => {
    tx.audit(entryOf(ports, context, { draft, now: ports.clock.now() }))
  })
}

/** What the store refuses because of what was asked, in the words of the use cases; its own failures pass. */
function asApplicationError(error: unknown): unknown {
  if (!(error instanceof StoreError)) return error
  const type: ObjectType = 'object'
  const fact = (name: string) => String(error.facts[name] ?? '')
  const cause = { cause: error }
  const { code } = error
  if (code === 'STALE_VERSION') return new ApplicationError('CHANGED_MEANWHILE', { type, id: fact('id') }, cause)
  if (code === 'REFERENCE_BROKEN') return new ApplicationError('IN_USE', { type, id: fact('id') }, cause)
  if (code === 'NOT_FOUND') return new ApplicationError('NOT_FOUND', { type, id: fact('id') }, cause)
  if (code !== 'ALREADY_EXISTS') return error
  const [, taken] = TAKEN.find(([on]) => fact('on').startsWith(on)) ?? []
  return new ApplicationError(
    'ALREADY_EXISTS',
    { ...(taken ?? { type, field: 'name or id' }), value: fact('value') },
    cause,
  )
}

/** What is unique, by the beginning of the name an engine gives to it; the first that fits counts. */
const TAKEN: readonly (readonly [string, { readonly type: ObjectType; readonly field: string }])[] = [
  ['login_names', { type: 'user', field: 'user ID or alias' }],
  ['security_domains', { type: 'security-domain', field: 'name' }],
  ['tokens', { type: 'token', field: 'serial' }],
  ['roles', { type: 'role', field: 'name' }],
  ['role_assignments', { type: 'role-assignment', field: 'role with this scope' }],
  ['agents', { type: 'agent', field: 'name' }],
  ['radius_clients.network', { type: 'radius-client', field: 'network' }],
  ['radius_clients_network', { type: 'radius-client', field: 'network' }],
  ['radius_clients', { type: 'radius-client', field: 'name' }],
]
