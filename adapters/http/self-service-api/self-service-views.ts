import {
  emergencyStatus,
  type ManagedToken,
  policiesInForce,
  policyGround,
  type AuditRecord,
} from '@driftlock/application'
import type { MyLogOn, MyToken, SelfServiceSettings } from '@driftlock/contracts'
import {
  isInNewPinMode,
  MS_PER_DAY,
  type PinPolicy,
  pinRequirements,
  REASONS,
  tokenHindrance,
  type UnixMs,
} from '@driftlock/domain'
import type { ApiServices } from '../api/services.ts'
import { clockOf } from '../views/token-view.ts'
import { readSelfServiceSettings } from '../views/self-service-settings-view.ts'

/** Tokens as their owner sees them, with the ways out that are open. */
export async function myTokenViews(
  { administration: { read }, clock }: ApiServices,
  tokens: readonly ManagedToken[],
  domainId: string,
): Promise<MyToken[]> {
  const settings = await readSelfServiceSettings(read)
  const { pin } = policiesInForce(await policyGround(read), domainId).token
  const now = clock.now()
  return tokens.map((token) => {
    const { record, state, nickname } = token
    const { id, serial, kind, formFactor, digits, intervalSeconds, passcodeStyle, expiresAt } = record
    const hasNoPin = passcodeStyle === 'tokencode-only'
    const soonMs = settings.replacementDaysBeforeExpiry * MS_PER_DAY
    return {
      id,
      serial,
      kind,
      formFactor,
      digits,
      intervalSeconds,
      passcodeStyle,
      nickname,
      expiresAt,
      condition: conditionOf(token, pin, now),
      expiresSoon: expiresAt !== null && expiresAt > now && expiresAt - now < soonMs,
      lastAcceptedAt: state.lastAcceptedAt,
      clockHealth: clockOf(token, now)?.health ?? 'unknown',
      hasPin: state.pin !== null,
      pinRules: hasNoPin ? null : { ...pinRequirements(pin, { style: passcodeStyle, digits, formFactor }) },
      emergency: emergencyOf(token, now),
      may: waysOut(token, settings, now),
    }
  })
}

function conditionOf(token: ManagedToken, rules: PinPolicy, now: UnixMs): MyToken['condition'] {
  const { record, state } = token
  if (state.lost) return 'lost'
  const hindrance = tokenHindrance(record, now)
  if (hindrance === 'token-expired') return 'expired'
  if (hindrance === 'token-not-started') return 'not-started'
  if (hindrance !== undefined) return 'disabled'
  if (state.emergency !== null) return 'emergency-access'
  return isInNewPinMode(token, rules, now) ? 'new-pin' : 'ready'
}

function emergencyOf({ state }: ManagedToken, now: UnixMs): MyToken['emergency'] {
  if (state.emergency === null) return null
  const { method, codesLeft, expiresAt, pinNeeded, expired } = emergencyStatus(state.emergency, now)
  return expired ? null : { method, codesLeft, expiresAt, pinNeeded }
}

function waysOut({ record, state }: ManagedToken, settings: SelfServiceSettings, now: UnixMs): MyToken['may'] {
  const { features, emergency } = settings
  const usable = tokenHindrance(record, now) === undefined
  const hasPin = record.passcodeStyle !== 'tokencode-only'
  return {
    enable: !record.enabled && state.lastAcceptedAt === null,
    changePin: usable && hasPin,
    forgotPin: usable && hasPin && features.forgotPin,
    temporarilyUnavailable: usable && features.temporarilyUnavailable && emergency.allowed,
    permanentlyLost: usable && features.permanentlyLost && emergency.allowed,
    resynchronise: usable && features.troubleshootingLinks,
  }
}

/** The first reason of each text that users read: reasons that say the same to them have the same code. */
const NEUTRAL_CODES: ReadonlyMap<string, string> = new Map(
  Object.entries(REASONS)
    .toReversed()
    .map(([reason, { user }]) => [user, user === REASONS['wrong-passcode'].user ? 'denied' : reason]),
)

export function myLogOnView({ entry }: AuditRecord): MyLogOn {
  const { id, at, outcome, reason, agent, actor, clientAddress = null, tokenSerial = null } = entry
  const words: Readonly<Record<string, { readonly user: string }>> = REASONS
  const text = words[reason]?.user ?? (outcome === 'success' ? 'Done.' : 'Refused.')
  const code = NEUTRAL_CODES.get(text) ?? (outcome === 'success' ? 'done' : 'refused')
  return { id, at, outcome, code, text, through: agent ?? actor.name, clientAddress, tokenSerial }
}
