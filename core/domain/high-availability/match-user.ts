import type { CloudRecord } from './cloud-token.ts'

/** By which attribute of a user a record finds its owner. */
export type MatchingAttribute = 'user-id' | 'email'

/** `same-name`: only users of the identity source that has the name the cloud says; `any-source`: users of all sources. */
export type MatchingSources = 'same-name' | 'any-source'

/** Why a record has no token here. */
export type UnmatchedReason =
  /** No identity source here has the name the cloud says. */
  | 'source-unknown'
  /** Nobody in the sources that are looked at has the attribute. */
  | 'user-unknown'
  /** Several users have the attribute; giving the token to one of them would be a guess. */
  | 'ambiguous'
  /** A token that is not of the cloud has the serial already. */
  | 'serial-taken'
  /** The sealed seed does not open, or is not the one of this record. */
  | 'seed-unreadable'

/** What is told of an unmatched record, to an administrator. */
export const UNMATCHED_REASONS: Readonly<Record<UnmatchedReason, string>> = {
  'source-unknown':
    'No identity source here has the name of the source at the cloud. Name it alike, or match over all sources.',
  'user-unknown':
    'Nobody has this attribute in the identity source. Create or rename the user; it is tried again then.',
  ambiguous: 'Several users have this attribute. Make it unique, or match within the source of the same name only.',
  'serial-taken': 'Another token, not of the cloud, has this serial. Delete that token, then resynchronise.',
  'seed-unreadable':
    'The sealed seed did not open. It is asked for again; if this stays, rotate the keys of the connection.',
}

/** A user who has the attribute's value. */
export interface MatchCandidate {
  readonly userId: string
  readonly securityDomainId: string
  /** Name of the user's identity source. */
  readonly sourceName: string
}

export interface MatchingGround {
  readonly sources: MatchingSources
  /** Names of all identity sources known here. */
  readonly knownSources: readonly string[]
  /** Every user with the record's attribute, of whatever source. */
  readonly candidates: readonly MatchCandidate[]
}

export type Match =
  | { readonly type: 'matched'; readonly userId: string; readonly securityDomainId: string }
  | { readonly type: 'unmatched'; readonly reason: UnmatchedReason }

/** What differs only in case or form of writing is one name and one attribute. */
export function matchingKey(text: string): string {
  return text.normalize('NFC').trim().toLowerCase()
}

/**
 * Finds the one user a record belongs to. Where all sources are looked at, the source of the record's name goes before the
 * others. Never guesses: two users are `ambiguous`, however alike.
 */
export function matchUser(
  record: Pick<CloudRecord, 'identitySource'>,
  { sources, knownSources, candidates }: MatchingGround,
): Match {
  const wanted = matchingKey(record.identitySource)
  const isWanted = (name: string): boolean => matchingKey(name) === wanted
  const ofSource = candidates.filter(({ sourceName }) => isWanted(sourceName))
  if (ofSource.length > 0) return onlyOne(ofSource)
  if (sources === 'any-source' && candidates.length > 0) return onlyOne(candidates)
  const isKnown = sources === 'any-source' || knownSources.some(isWanted)
  return { type: 'unmatched', reason: isKnown ? 'user-unknown' : 'source-unknown' }
}

function onlyOne(candidates: readonly MatchCandidate[]): Match {
  const [first, ...others] = candidates
  const isOne = first !== undefined && others.every(({ userId }) => userId === first.userId)
  if (!isOne) return { type: 'unmatched', reason: 'ambiguous' }
  return { type: 'matched', userId: first.userId, securityDomainId: first.securityDomainId }
}
