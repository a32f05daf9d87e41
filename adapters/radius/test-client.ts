import { randomBytes, randomInt } from 'node:crypto'
import {
  checkRadiusAnswer,
  describeRadiusAttribute,
  encodeRadiusText,
  firstRadiusValue,
  decodeRadiusText,
  hideUserPassword,
  parseRadiusPacket,
  type RadiusAttribute,
  type RadiusAttributeText,
  RadiusCode,
  type RadiusPacket,
  RadiusType,
  sealRadiusRequest,
} from '@driftlock/formats'
import { type Exchanged, type ExchangeTarget, exchange } from './exchange.ts'
import { nodeDigests } from './node-digests.ts'

export interface RadiusTestOptions {
  readonly target: ExchangeTarget
  readonly secret: Uint8Array
  readonly username: string
  /** The first password; later ones answer the challenges. */
  readonly password: string
  /** More attributes for every request, such as NAS-Identifier. */
  readonly attributes: readonly RadiusAttribute[]
}

/** One exchange as it is shown. `attributes` are those of the answer in order. */
export type RadiusTestStep =
  | (AnsweredStep & { readonly kind: 'accept' | 'reject' })
  | (AnsweredStep & { readonly kind: 'challenge'; readonly echo: boolean; readonly sessionTimeoutSeconds?: number })
  | { readonly kind: 'no-answer'; readonly cause: NoAnswerCause; readonly attempts: number; readonly failure?: string }
  | { readonly kind: 'not-sent'; readonly cause: 'password-too-long' | 'request-too-large' }

export interface AnsweredStep {
  /** All Reply-Message texts, joined by a line break; may hold control characters, escape before printing. */
  readonly message: string
  readonly attributes: readonly RadiusAttributeText[]
  readonly roundTripMs: number
  readonly attempts: number
  /** Whether the answer carried Message-Authenticator (it was valid then), and as its first attribute. */
  readonly messageAuthenticator: 'missing' | 'valid' | 'valid-and-first'
}

/** `wrong-secret`: something answered, but under another secret or for another request. */
export type NoAnswerCause = 'silence' | 'wrong-secret' | 'network'

/**
 * A whole PAP dialogue, State chained from challenge to request: yields one step per exchange. After a `challenge` step,
 * give the user's answer to `next(answer)`; `undefined` ends the dialogue. Any other step is the last.
 */
export async function* radiusTestDialogue(
  options: RadiusTestOptions,
): AsyncGenerator<RadiusTestStep, void, string | undefined> {
  let password: string | undefined = options.password
  let state: Uint8Array | undefined
  let identifier = randomInt(256)
  while (password !== undefined) {
    const authenticator = randomBytes(16)
    const draft = draftRequest(options, { password, state, identifier, authenticator })
    if (!(draft instanceof Uint8Array)) {
      yield draft
      return
    }
    const exchanged = await exchange(draft, options.target, (octets) => isAnswerTo(octets, options, draft))
    const answer = exchanged.answer === undefined ? undefined : parsedPacket(exchanged.answer)
    if (answer === undefined) {
      yield unanswered(exchanged)
      return
    }
    const step = answered(answer, exchanged)
    password = yield step
    if (step.kind !== 'challenge') return
    state = firstRadiusValue(answer, RadiusType.State)
    identifier = (identifier + 1) % 256
  }
}

/** Asks a server for its status (RFC 5997); true when it says it works. */
export async function radiusTestStatus(options: Pick<RadiusTestOptions, 'target' | 'secret'>): Promise<boolean> {
  const request = sealRadiusRequest({
    code: RadiusCode.StatusServer,
    identifier: 0, // RFC 6613 §2.6.5 reserves 0 for Status-Server
    authenticator: randomBytes(16),
    attributes: [{ type: RadiusType.NasIdentifier, value: encodeRadiusText('driftlock-test') }],
    secret: options.secret,
    digests: nodeDigests,
  })
  if (request === undefined) return false
  const { answer } = await exchange(request, options.target, (octets) => isAnswerTo(octets, options, request))
  return answer?.[0] === RadiusCode.AccessAccept
}

interface RequestParts {
  readonly password: string
  readonly state: Uint8Array | undefined
  readonly identifier: number
  readonly authenticator: Uint8Array
}

function draftRequest(options: RadiusTestOptions, parts: RequestParts): Uint8Array | RadiusTestStep {
  const { secret } = options
  const { authenticator, identifier, state } = parts
  const digests = nodeDigests
  const hidden = hideUserPassword(encodeRadiusText(parts.password), { secret, authenticator, digests })
  if (hidden === undefined) return { kind: 'not-sent', cause: 'password-too-long' }
  const attributes: RadiusAttribute[] = [
    { type: RadiusType.UserName, value: encodeRadiusText(options.username) },
    { type: RadiusType.UserPassword, value: hidden },
    ...options.attributes,
  ]
  if (state !== undefined) attributes.push({ type: RadiusType.State, value: state })
  const code = RadiusCode.AccessRequest
  const octets = sealRadiusRequest({ code, identifier, authenticator, attributes, secret, digests })
  return octets ?? { kind: 'not-sent', cause: 'request-too-large' }
}

function isAnswerTo(octets: Uint8Array, options: { readonly secret: Uint8Array }, request: Uint8Array): boolean {
  const parsed = parseRadiusPacket(octets)
  if (!('packet' in parsed) || parsed.packet.identifier !== request[1]) return false
  const requestAuthenticator = request.subarray(4, 20)
  const verdict = checkRadiusAnswer({ ...parsed, requestAuthenticator, secret: options.secret, digests: nodeDigests })
  return verdict.responseAuthenticator === 'valid' && verdict.messageAuthenticator !== 'invalid'
}

function parsedPacket(octets: Uint8Array): RadiusPacket | undefined {
  const parsed = parseRadiusPacket(octets)
  return 'packet' in parsed ? parsed.packet : undefined
}

function unanswered({ attempts, refused, failure }: Exchanged): RadiusTestStep {
  const cause: NoAnswerCause = refused > 0 ? 'wrong-secret' : failure === undefined ? 'silence' : 'network'
  return failure === undefined
    ? { kind: 'no-answer', cause, attempts }
    : { kind: 'no-answer', cause, attempts, failure }
}

function answered(answer: RadiusPacket, { roundTripMs, attempts }: Exchanged): RadiusTestStep {
  const messages: string[] = []
  for (const { type, value } of answer.attributes) {
    if (type === RadiusType.ReplyMessage)
      messages.push(decodeRadiusText(value) ?? Buffer.from(value).toString('latin1'))
  }
  const step: AnsweredStep = {
    message: messages.join('\n'),
    attributes: answer.attributes.flatMap(describeRadiusAttribute),
    roundTripMs,
    attempts,
    messageAuthenticator: authenticatorPlace(answer),
  }
  if (answer.code !== RadiusCode.AccessChallenge) {
    return { ...step, kind: answer.code === RadiusCode.AccessAccept ? 'accept' : 'reject' }
  }
  const timeout = firstRadiusValue(answer, RadiusType.SessionTimeout)
  const echo = firstRadiusValue(answer, RadiusType.Prompt)?.[3] !== 0
  const challenge = { ...step, kind: 'challenge', echo } as const
  return timeout?.length === 4
    ? { ...challenge, sessionTimeoutSeconds: Buffer.from(timeout).readUInt32BE() }
    : challenge
}

function authenticatorPlace(answer: RadiusPacket): AnsweredStep['messageAuthenticator'] {
  if (answer.attributes[0]?.type === RadiusType.MessageAuthenticator) return 'valid-and-first'
  return firstRadiusValue(answer, RadiusType.MessageAuthenticator) === undefined ? 'missing' : 'valid'
}
