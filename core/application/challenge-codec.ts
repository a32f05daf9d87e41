import { type Challenge, type ChallengeType, NO_STEP, type Step, type UnixMs } from '@driftlock/domain'
import { ByteReader, ByteWriter } from './compact-bytes.ts'

const VERSION = 1
/** A type's number is its place here; append only. */
const TYPES = [
  'next-tokencode',
  'new-pin',
  'confirm-pin',
  'accept-system-pin',
  'passcode-after-new-pin',
] as const satisfies readonly ChallengeType[]

const TOO_MANY_BAD_CODES = 1
const FROM_PENDING_SEED = 2
const NO_STEP_YET = 4
const BY_PROPOSED_PIN = 8

/**
 * A challenge as compact bytes, at most 146 octets, to be sealed by `KeyRing.sealText` and carried by a RADIUS State, the
 * agent API or a web page: version and type, flags, ids (a UUID takes 17 octets), step, two instants, the PIN's verifier.
 * @throws RangeError for an id that is not 1-36 ASCII characters or a verifier that is not 32 octets: a fault of the program.
 */
export function encodeChallenge(challenge: Challenge): Uint8Array {
  const writer = new ByteWriter()
  writer.uint8((VERSION << 4) | TYPES.indexOf(challenge.type))
  writer.uint8(flagsOf(challenge))
  writer.id(challenge.userId)
  writer.id(challenge.tokenId)
  writer.uint64(challenge.openedByStep === NO_STEP ? 0n : challenge.openedByStep)
  writer.uint48(challenge.openedAt)
  writer.uint48(challenge.expiresAt)
  if (challenge.type === 'confirm-pin' || challenge.type === 'accept-system-pin') {
    writer.uint8(challenge.pinLength)
    writer.id(challenge.pin.keyId)
    writer.fixed(challenge.pin.mac, 32)
  }
  return writer.bytes()
}

/** @returns the challenge, or `undefined` for bytes that `encodeChallenge` of this version does not write. */
export function decodeChallenge(bytes: Uint8Array): Challenge | undefined {
  try {
    const reader = new ByteReader(bytes)
    const challenge = read(reader)
    return reader.atEnd() ? challenge : undefined
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function flagsOf(challenge: Challenge): number {
  let flags = challenge.openedByStep === NO_STEP ? NO_STEP_YET : 0
  if (challenge.type !== 'next-tokencode') return flags
  if (challenge.cause === 'too-many-bad-codes') flags |= TOO_MANY_BAD_CODES
  if (challenge.fromPendingSeed) flags |= FROM_PENDING_SEED
  if (challenge.byProposedPin) flags |= BY_PROPOSED_PIN
  return flags
}

function read(reader: ByteReader): Challenge | undefined {
  const head = reader.uint8()
  const type = TYPES[head & 15]
  if (head >> 4 !== VERSION || type === undefined) return undefined
  const flags = reader.uint8()
  const userId = reader.id()
  const tokenId = reader.id()
  const stored = reader.uint64()
  const base = {
    userId,
    tokenId,
    openedByStep: (flags & NO_STEP_YET ? NO_STEP : stored) as Step, // branding: the number was a step when it was written
    openedAt: reader.uint48() as UnixMs, // branding: as above
    expiresAt: reader.uint48() as UnixMs, // branding: as above
  }
  switch (type) {
    case 'next-tokencode':
      return {
        ...base,
        type,
        cause: flags & TOO_MANY_BAD_CODES ? 'too-many-bad-codes' : 'outside-small-window',
        fromPendingSeed: (flags & FROM_PENDING_SEED) !== 0,
        byProposedPin: (flags & BY_PROPOSED_PIN) !== 0,
      }
    case 'confirm-pin':
    case 'accept-system-pin':
      return { ...base, type, pinLength: reader.uint8(), pin: { keyId: reader.id(), mac: reader.fixed(32) } }
    case 'new-pin':
    case 'passcode-after-new-pin':
      return { ...base, type }
  }
}
