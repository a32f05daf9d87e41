import { randomBytes } from 'node:crypto'
import {
  type CommitJob,
  INTERNAL_IDENTITY_SOURCE_ID,
  loginName,
  type ManagedToken,
  type ManagedUser,
  type NewToken,
  ROOT_SECURITY_DOMAIN_ID,
  type StoredSubject,
} from '@driftlock/application'
import {
  type AuditEntry,
  type Condition,
  FRESH_TOKEN_STATE,
  NO_GUESSES,
  type Step,
  step,
  unixMs,
} from '@driftlock/domain'
import type { Store } from '../open-store.ts'

let made = 0

/** A UUIDv7 (RFC 9562 §5.7) of this moment; later calls sort later. */
export function sampleId(nowMs: number = Date.now()): string {
  const time = nowMs.toString(16).padStart(12, '0')
  const count = (made++ & 0xfff).toString(16).padStart(3, '0')
  const rest = randomBytes(8)
  rest[0] = 0x80 | ((rest[0] ?? 0) & 0x3f)
  const tail = rest.toString('hex')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-${tail.slice(0, 4)}-${tail.slice(4)}`
}

export function sampleUser(username: string, more: Partial<ManagedUser> = {}): ManagedUser {
  return {
    user: {
      id: sampleId(),
      username,
      securityDomainId: ROOT_SECURITY_DOMAIN_ID,
      enabled: true,
      startsAt: null,
      expiresAt: null,
      version: 1,
      guesses: NO_GUESSES,
    },
    identitySourceId: INTERNAL_IDENTITY_SOURCE_ID,
    aliases: [],
    firstName: '',
    lastName: '',
    email: '',
    phone: '',
    notes: '',
    createdAt: unixMs(Date.now()),
    updatedAt: unixMs(Date.now()),
    ...more,
  }
}

export function sampleToken(
  serial: string,
  record: Partial<ManagedToken['record']> = {},
  state: Partial<ManagedToken['state']> = {},
): NewToken {
  const token: ManagedToken = {
    record: {
      id: sampleId(),
      serial,
      kind: 'totp',
      formFactor: 'key-fob',
      algorithm: 'sha1',
      digits: 6,
      intervalSeconds: 30,
      t0Seconds: 0,
      passcodeStyle: 'fob',
      windows: { small: 90, medium: 600, large: 43_200 },
      enabled: true,
      startsAt: null,
      expiresAt: null,
      userId: null,
      ...record,
    },
    state: { ...FRESH_TOKEN_STATE, ...state },
    securityDomainId: ROOT_SECURITY_DOMAIN_ID,
    nickname: '',
    notes: '',
    origin: 'sample',
    importedAt: unixMs(Date.now()),
    assignedAt: null,
    distribution: null,
    replacedByTokenId: null,
    leavesWindowAt: null,
    username: null,
  }
  return { token, seed: new Uint8Array(randomBytes(48)), seedFingerprint: null }
}

export function sampleEntry(more: Partial<AuditEntry> = {}): AuditEntry {
  return {
    id: sampleId(),
    at: unixMs(Date.now()),
    actor: { type: 'user', id: 'someone', name: 'someone' },
    action: 'authenticate',
    outcome: 'success',
    reason: 'passcode-accepted',
    ...more,
  }
}

/** A user with one token, stored. */
export async function storedUserWithToken(store: Store, username: string): Promise<StoredSubject> {
  const user = sampleUser(username)
  const token = sampleToken(sampleId(), { userId: user.user.id })
  await store.administration.transaction(async (tx) => {
    await tx.users.insert(user)
    await tx.tokens.insert(token)
  })
  return subjectOf(store, username)
}

/** What a login finds under a name. @throws Error when there is nobody. */
export async function subjectOf(store: Store, username: string): Promise<StoredSubject> {
  const { subjects } = await store.authentication.lookup([loginName(username)])
  const [subject] = subjects
  if (subject === undefined) throw new Error(`Nobody is called ${username}.`)
  return subject
}

/** The commit of a login that spends `spent` of the user's first token. */
export function acceptance(
  subject: StoredSubject,
  spent: Step | number,
): CommitJob & { readonly condition: Condition } {
  const [token] = subject.tokens
  if (token === undefined) throw new Error('The user has no token.')
  const { user } = subject
  const highWaterStep = step(spent)
  const state = { ...token.state, version: token.state.version + 1, highWaterStep, lastAcceptedAt: unixMs(Date.now()) }
  return {
    condition: {
      userId: user.id,
      userVersion: user.version,
      tokens: [{ tokenId: token.record.id, version: token.state.version, highWaterBelow: highWaterStep }],
    },
    changes: { tokens: [{ tokenId: token.record.id, state, promotePendingSeed: false }] },
    audit: [sampleEntry({ userId: user.id, username: user.username, tokenSerial: token.record.serial })],
  }
}
