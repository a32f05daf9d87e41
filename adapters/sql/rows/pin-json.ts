import type { EmergencyAccess, PinState, PinVerifier, TokenState } from '@driftlock/domain'
import { base64, fromBase64, instant, instantOrNull } from './values.ts'

interface VerifierJson {
  readonly keyId: string
  readonly mac: string
}

interface PinJson {
  readonly verifier: VerifierJson
  readonly length: number
  readonly setAt: number
  readonly history: readonly VerifierJson[]
}

interface EmergencyJson {
  readonly method:
    | {
        readonly type: 'one-time-set'
        readonly codes: readonly { readonly verifier: VerifierJson; readonly usedAt: number | null }[]
      }
    | { readonly type: 'temporary-fixed'; readonly verifier: VerifierJson }
  readonly codeLength: number
  readonly issuedAt: number
  readonly expiresAt: number | null
  readonly ifTokenBecomesAvailable: EmergencyAccess['ifTokenBecomesAvailable']
  readonly pinNeeded: boolean
}

const toJson = ({ keyId, mac }: PinVerifier): VerifierJson => ({ keyId, mac: base64(mac) })
const fromJson = ({ keyId, mac }: VerifierJson): PinVerifier => ({ keyId, mac: fromBase64(mac) })

export function pinText(pin: PinState | null): string | null {
  return pin === null ? null : JSON.stringify(pinJson(pin))
}

export function pinOf(text: string | null): PinState | null {
  return text === null ? null : pinFrom(JSON.parse(text) as PinJson) // our own text, written by pinText
}

/** How the text of a PIN begins that was cleared and is only remembered. */
export const CLEARED_PIN_BEGINS = '{"cleared":'

/** The PIN of a token, or the one that was cleared: a token never needs both. */
export function heldPinText({ pin, clearedPin = null }: HeldPin): string | null {
  return pin === null && clearedPin !== null ? JSON.stringify({ cleared: pinJson(clearedPin) }) : pinText(pin)
}

export function heldPinOf(text: string | null): HeldPin {
  if (text?.startsWith(CLEARED_PIN_BEGINS) !== true) return { pin: pinOf(text) }
  const { cleared } = JSON.parse(text) as { cleared: PinJson } // our own text, written by heldPinText
  return { pin: null, clearedPin: pinFrom(cleared) }
}

type HeldPin = Pick<TokenState, 'pin' | 'clearedPin'>

function pinJson(pin: PinState): PinJson {
  return { ...pin, verifier: toJson(pin.verifier), history: pin.history.map(toJson) }
}

function pinFrom(json: PinJson): PinState {
  return {
    verifier: fromJson(json.verifier),
    length: json.length,
    setAt: instant(json.setAt),
    history: json.history.map(fromJson),
  }
}

export function emergencyText(emergency: EmergencyAccess | null): string | null {
  if (emergency === null) return null
  const { method } = emergency
  const json: EmergencyJson = {
    ...emergency,
    method:
      method.type === 'one-time-set'
        ? {
            type: method.type,
            codes: method.codes.map((code) => ({ verifier: toJson(code.verifier), usedAt: code.usedAt })),
          }
        : { type: method.type, verifier: toJson(method.verifier) },
  }
  return JSON.stringify(json)
}

export function emergencyOf(text: string | null): EmergencyAccess | null {
  if (text === null) return null
  const json = JSON.parse(text) as EmergencyJson // our own text, written by emergencyText
  const { method } = json
  return {
    ...json,
    method:
      method.type === 'one-time-set'
        ? {
            type: method.type,
            codes: method.codes.map((code) => ({
              verifier: fromJson(code.verifier),
              usedAt: instantOrNull(code.usedAt),
            })),
          }
        : { type: method.type, verifier: fromJson(method.verifier) },
    issuedAt: instant(json.issuedAt),
    expiresAt: instantOrNull(json.expiresAt),
  }
}
