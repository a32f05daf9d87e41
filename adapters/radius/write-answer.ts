import {
  encodeRadiusText,
  firstRadiusValue,
  fitRadiusText,
  type RadiusAttribute,
  RadiusCode,
  type RadiusPacket,
  RadiusType,
  sealRadiusAnswer,
} from '@driftlock/formats'
import { nodeDigests } from './node-digests.ts'
import type { RadiusAnswer, RadiusChallenge, RadiusClient } from './ports.ts'
import { defaultRadiusPrompts } from './prompts.ts'

type SpokenAnswer = Exclude<RadiusAnswer, { code: 'silence' }>

/** A tokencode lives 60 s and the user waits for the next one (RFC 3579 §2.3 lets the server say how long). */
const minimumSessionTimeoutSeconds = 90
/** EAP-Failure has no data: code 4, identifier, length 4 (RFC 3748 §4.2). */
const eapFailure = 4

/** The octets of an answer for its request, signed. `undefined` when they would not fit a packet. */
export function writeAnswer(answer: SpokenAnswer, request: RadiusPacket, client: RadiusClient): Uint8Array | undefined {
  const { code, attributes } = content(answer, request, client)
  return sealRadiusAnswer({ code, request, attributes, secret: client.secret, digests: nodeDigests })
}

/** The answer to a Status-Server that says "I work" (RFC 5997 §3). */
export function writeStatusAnswer(request: RadiusPacket, client: RadiusClient): Uint8Array | undefined {
  const code = RadiusCode.AccessAccept
  return sealRadiusAnswer({ code, request, attributes: [], secret: client.secret, digests: nodeDigests })
}

interface Content {
  readonly code: number
  readonly attributes: readonly RadiusAttribute[]
}

function content(answer: SpokenAnswer, request: RadiusPacket, client: RadiusClient): Content {
  switch (answer.code) {
    case 'accept': {
      const attributes = [...messageAttribute(answer.message), ...answer.replyAttributes, ...client.replyAttributes]
      return { code: RadiusCode.AccessAccept, attributes }
    }
    case 'reject': {
      const eap = firstRadiusValue(request, RadiusType.EapMessage)
      // RFC 3579 §2.2 and §2.6.5: a rejected EAP request gets EAP-Failure, and no Reply-Message beside it.
      const attributes = eap === undefined ? messageAttribute(answer.message) : [eapFailureFor(eap)]
      return { code: RadiusCode.AccessReject, attributes }
    }
    case 'challenge':
      return { code: RadiusCode.AccessChallenge, attributes: challengeAttributes(answer) }
  }
}

// One Reply-Message: pam_radius shows only the first, and several clients fail without any.
function challengeAttributes(challenge: RadiusChallenge): RadiusAttribute[] {
  const text = challenge.message === '' ? defaultRadiusPrompts['passcode'] : challenge.message
  const seconds = Math.max(minimumSessionTimeoutSeconds, Math.ceil(challenge.sessionTimeoutSeconds))
  return [
    ...messageAttribute(text),
    { type: RadiusType.State, value: challenge.state },
    { type: RadiusType.Prompt, value: Uint8Array.of(0, 0, 0, challenge.echo ? 1 : 0) },
    { type: RadiusType.SessionTimeout, value: unsigned32(seconds) },
  ]
}

function messageAttribute(text: string | undefined): RadiusAttribute[] {
  if (text === undefined || text === '') return []
  const octets = text.length > 84 ? fitRadiusText(text) : encodeRadiusText(text) // 84 × 3 octets always fit
  return [{ type: RadiusType.ReplyMessage, value: octets }]
}

function eapFailureFor(eap: Uint8Array): RadiusAttribute {
  return { type: RadiusType.EapMessage, value: Uint8Array.of(eapFailure, eap[1] ?? 0, 0, 4) }
}

function unsigned32(number: number): Uint8Array {
  const octets = new Uint8Array(4)
  new DataView(octets.buffer).setUint32(0, number)
  return octets
}
