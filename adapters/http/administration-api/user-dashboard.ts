import {
  type AdministrationContext,
  emergencyStatus,
  type ManagedToken,
  policiesInForce,
  policyGround,
  recentActivityOf,
  showUser,
  treeOf,
} from '@driftlock/application'
import type { Permission, SuggestedMend, UserDashboard } from '@driftlock/contracts'
import { permissionsAt, type Reason, REASONS, tokenHindrance, type UnixMs, userHindrance } from '@driftlock/domain'
import type { ApiServices } from '../api/services.ts'
import { activityOf } from '../views/activity-view.ts'
import { emergencyView } from '../views/emergency-view.ts'
import { presentToken } from '../views/present-tokens.ts'
import { presentUser } from '../views/present-users.ts'

const RECENT_LOG_ONS = 20

/** Everything the help desk needs of a user in one answer: who, which tokens, what happened, what hinders, what mends. */
export async function userDashboard(
  services: ApiServices,
  context: AdministrationContext,
  userId: string,
): Promise<UserDashboard> {
  const { administration, clock, clockGuard } = services
  const { read } = administration
  const { user, tokens } = await showUser(services, context, { user: userId })
  const { securityDomainId } = user.user
  const now = clock.now()
  const permitted = await permittedAt(services, context, securityDomainId)
  const policies = policiesInForce(await policyGround(read), securityDomainId)
  const hindrance = userHindrance(user.user, policies.lockout, now)
  const recent = permitted.includes('view-activity')
    ? (await recentActivityOf(services, context, { user: user.user.id, limit: RECENT_LOG_ONS })).items
    : []
  const shown = []
  for (const token of tokens)
    shown.push({ token: await presentToken(services, token), emergencyAccess: emergencyView(token, now) })
  const noToken: Reason | undefined = tokens.length === 0 ? 'no-token-assigned' : undefined
  const reasons = [hindrance, noToken].filter((one) => one !== undefined)
  const mends = [...userMends(reasons), ...tokens.flatMap((token) => tokenMends(token, now))]
  return {
    user: await presentUser(services, user),
    tokens: shown,
    recentLogOns: recent.map(activityOf),
    hindrances: reasons.map(worded),
    suggestedMends: mends.filter(({ mend }) => permitted.includes(PERMISSION_OF[mend])),
    permitted,
    serverClockInDoubt: clockGuard.inDoubt(),
  }
}

const PERMISSION_OF: Readonly<Record<SuggestedMend['mend'], Permission>> = {
  'unlock-user': 'unlock-user',
  'enable-user': 'enable-user',
  'assign-token': 'assign-token',
  'enable-token': 'enable-token',
  'replace-token': 'replace-token',
  'resynchronise-token': 'resynchronise-token',
  'clear-pin': 'clear-pin',
  'issue-emergency-access': 'issue-emergency-access',
  'end-emergency-access': 'end-emergency-access',
  'mark-token-found': 'mark-token-lost',
  'undo-redistribution': 'redistribute-token',
}

async function permittedAt(
  { administration: { read } }: ApiServices,
  { authority }: AdministrationContext,
  domainId: string,
): Promise<Permission[]> {
  if (authority.type !== 'administrator') return []
  const held = permissionsAt(authority.administrator, domainId, await treeOf(read))
  return held.filter((permission) => authority.narrowedTo?.includes(permission) ?? true)
}

function userMends(reasons: readonly Reason[]): SuggestedMend[] {
  const mends: Partial<Record<Reason, SuggestedMend['mend']>> = {
    'user-locked': 'unlock-user',
    'user-disabled': 'enable-user',
    'no-token-assigned': 'assign-token',
  }
  return reasons.flatMap((reason) => {
    const mend = mends[reason]
    return mend === undefined ? [] : [{ mend, tokenId: null, why: worded(reason) }]
  })
}

function tokenMends(token: ManagedToken, now: UnixMs): SuggestedMend[] {
  const { record, state } = token
  const suggest = (mend: SuggestedMend['mend'], reason: Reason): SuggestedMend => ({
    mend,
    tokenId: record.id,
    why: worded(reason),
  })
  const hindrance = tokenHindrance(record, now)
  const mends: SuggestedMend[] = []
  if (hindrance === 'token-expired') mends.push(suggest('replace-token', hindrance))
  if (hindrance === 'token-disabled') mends.push(suggest('enable-token', hindrance))
  if (state.lost) mends.push(suggest('mark-token-found', 'recovered-token-denied'))
  if (state.lost && state.emergency === null) mends.push(suggest('issue-emergency-access', 'recovered-token-denied'))
  if (state.emergency !== null && emergencyStatus(state.emergency, now).expired)
    mends.push(suggest('end-emergency-access', 'emergency-code-expired'))
  if (state.badTokencodeCount > 0) mends.push(suggest('resynchronise-token', 'good-pin-bad-tokencode'))
  return mends
}

function worded(reason: Reason): { code: string; text: string } {
  return { code: reason, text: REASONS[reason].helpDesk }
}
