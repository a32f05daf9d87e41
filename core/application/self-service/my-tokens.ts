import type { UnixMs } from '@driftlock/domain'
import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { authoriseOwner } from '../administration/authorise-act.ts'
import { findUser } from '../administration/find-object.ts'
import { type EmergencyStatus, emergencyStatus } from '../emergency/emergency-access-of.ts'
import type { AuditRecord } from '../ports/audit-store.ts'
import type { Page, PageRequest } from '../ports/page.ts'
import type { ManagedToken } from '../ports/token-store.ts'
import type { ManagedUser } from '../ports/user-store.ts'

/** A token as its owner sees it. */
export interface MyToken {
  readonly id: string
  readonly serial: string
  readonly kind: ManagedToken['record']['kind']
  readonly formFactor: ManagedToken['record']['formFactor']
  readonly passcodeStyle: ManagedToken['record']['passcodeStyle']
  readonly digits: number
  readonly intervalSeconds: number
  readonly nickname: string
  readonly enabled: boolean
  readonly expiresAt: UnixMs | null
  readonly lastUsedAt: UnixMs | null
  readonly hasPin: boolean
  readonly newPinRequired: boolean
  readonly lost: boolean
  readonly isBeingReplaced: boolean
  /** When its clock is forecast to leave the windows: resynchronise before. */
  readonly leavesWindowAt: UnixMs | null
  readonly emergencyAccess: EmergencyStatus | null
}

export interface MyRequest {
  readonly userId: string
}

/** The user and the tokens of the one who asks. */
export async function myTokens(
  { administration: { read }, clock }: AdministrationPorts,
  context: AdministrationContext,
  { userId }: MyRequest,
): Promise<{ readonly user: ManagedUser; readonly tokens: readonly MyToken[] }> {
  authoriseOwner(context, userId)
  const now = clock.now()
  const tokens = await read.tokens.ofUser(userId)
  return { user: await findUser(read, userId), tokens: tokens.map((token) => shownToOwner(token, now)) }
}

/** "Was this you?": the records that concern the one who asks, newest first. */
export async function myHistory(
  { administration: { read } }: AdministrationPorts,
  context: AdministrationContext,
  { userId, ...page }: MyRequest & PageRequest,
): Promise<Page<AuditRecord>> {
  authoriseOwner(context, userId)
  return read.auditLog.search({ userId }, page)
}

export function shownToOwner(
  { record, state, nickname, replacedByTokenId, leavesWindowAt }: ManagedToken,
  now: UnixMs,
): MyToken {
  const { id, serial, kind, formFactor, passcodeStyle, digits, intervalSeconds, enabled, expiresAt } = record
  return {
    id,
    serial,
    kind,
    formFactor,
    passcodeStyle,
    digits,
    intervalSeconds,
    nickname,
    enabled,
    expiresAt,
    lastUsedAt: state.lastAcceptedAt,
    hasPin: state.pin !== null,
    newPinRequired: state.newPinRequired,
    lost: state.lost,
    isBeingReplaced: replacedByTokenId !== null,
    leavesWindowAt,
    emergencyAccess: state.emergency && emergencyStatus(state.emergency, now),
  }
}
