import type { EmergencyAccess, PinState, PinVerifier } from '@driftlock/domain'
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
  if (pin === null) return null
  const json: PinJson = { ...pin, verifier: toJson(pin.verifier), history: pin.history.map(toJson) }
  return JSON.stringify(json)
}

export function pinOf(text: string | null): PinState | null {
  if (text === null) return null
  const json = JSON.parse(text) as PinJson // our own text, written by pinText
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
