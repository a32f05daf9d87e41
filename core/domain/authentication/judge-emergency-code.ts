import { emergencyHindrance } from '../emergency/emergency-rules.ts'
import type { EmergencyAccess } from '../emergency/emergency-access.ts'
import { readEmergencyPasscode } from '../passcode/read-passcode.ts'
import { verifyCode } from '../pin/pin-verifier.ts'
import type { PinKeys } from '../pin/pin-state.ts'
import type { Token } from '../token/token.ts'
import type { JudgeContext } from './judge-tokencode.ts'
import { hasOrdinaryToken, isCloudManaged } from '../high-availability/cloud-token.ts'
import { judgePin } from './judge-pin.ts'
import type { Verdict } from './verdict.ts'

/** What the emergency access of a token says of a passcode; undefined where there is none or the length cannot be right. */
export function judgeEmergencyCode(token: Token, passcode: string, context: JudgeContext): Verdict | undefined {
  const emergency = token.state.emergency
  if (emergency === null) return undefined
  const { snapshot, now } = context
  const reading = readEmergencyPasscode(passcode, token, snapshot.tokenPolicy.pin)
  if (reading === undefined) return undefined
  const found = findCode(reading.code, token, { emergency, keys: snapshot.pinKeys })
  const { pin: current, proposedPin } = token.state
  const hasPin = token.record.passcodeStyle !== 'tokencode-only' && (current !== null || proposedPin !== null)
  const needsPin = emergency.pinNeeded && hasPin
  const pin = needsPin ? judgePin(reading.pin, token, snapshot.pinKeys) : noPin(reading.pin)
  const records = snapshot.tokens.map(({ record }) => record)
  const standsAlone = isCloudManaged(token.record) && !hasOrdinaryToken(records, now)
  const hindrance = standsAlone ? 'emergency-code-void' : emergencyHindrance(token, emergency, now)
  return {
    token,
    via: 'emergency',
    pin: pin.pin,
    byProposedPin: pin.byProposedPin,
    code: found === undefined ? 'none' : found.used ? 'reused' : 'good',
    fromPendingSeed: false,
    searchedSteps: 0,
    ...(found?.index !== undefined && { oneTimeIndex: found.index }),
    ...(hindrance !== undefined && { hindrance }),
  }
}

function noPin(entered: string): { readonly pin: Verdict['pin']; readonly byProposedPin: boolean } {
  return { pin: entered === '' ? 'not-needed' : 'bad', byProposedPin: false }
}

interface Codes {
  readonly emergency: EmergencyAccess
  readonly keys: PinKeys
}

/** Looks at every code of the set whatever was found before, so that time tells nothing of the place. */
function findCode(
  code: string,
  token: Token,
  { emergency, keys }: Codes,
): { used: boolean; index?: number } | undefined {
  const { method } = emergency
  const tokenId = token.record.id
  if (method.type === 'temporary-fixed') {
    return verifyCode(code, { tokenId, verifier: method.verifier }, keys) ? { used: false } : undefined
  }
  let found: { used: boolean; index: number } | undefined
  method.codes.forEach((oneTime, index) => {
    if (verifyCode(code, { tokenId, verifier: oneTime.verifier }, keys)) {
      found = { used: oneTime.usedAt !== null, index }
    }
  })
  return found
}
