import type { KeyRing } from '@driftlock/application'
import { encodeRadiusText } from '@driftlock/formats'
import type { RadiusAnswer } from './ports.ts'

/** The answers that a copy of the request may be given again. */
export type SpokenAnswer = Exclude<RadiusAnswer, { code: 'silence' }>

type AnswerKeys = Pick<KeyRing, 'sealText' | 'openText'>

/** An answer for the shared memory, sealed for its request: a question may show a PIN the system made. */
export function sealAnswer(keys: AnswerKeys, requestKey: string, answer: SpokenAnswer): Uint8Array {
  const json = JSON.stringify(answer, (_, value: unknown) =>
    value instanceof Uint8Array ? { octets: Buffer.from(value).toString('base64') } : value,
  )
  return encodeRadiusText(keys.sealText('challenge', boundsOf(requestKey), encodeRadiusText(json)))
}

/** The answer another instance sealed for this request; `undefined` for anything else. */
export function openAnswer(keys: AnswerKeys, requestKey: string, sealed: Uint8Array): SpokenAnswer | undefined {
  const json = keys.openText('challenge', boundsOf(requestKey), Buffer.from(sealed).toString('latin1'))
  if (json === undefined) return undefined
  const revive = (_: string, value: unknown): unknown =>
    isOctets(value) ? new Uint8Array(Buffer.from(value.octets, 'base64')) : value
  return JSON.parse(Buffer.from(json).toString('utf8'), revive) as SpokenAnswer // the seal says that sealAnswer wrote it
}

function boundsOf(requestKey: string): readonly string[] {
  return ['radius-answer', requestKey]
}

function isOctets(value: unknown): value is { readonly octets: string } {
  return typeof value === 'object' && value !== null && 'octets' in value && typeof value.octets === 'string'
}
