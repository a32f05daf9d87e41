import {
  type Attempt,
  type AuditActor,
  type Challenge,
  decide,
  type Decision,
  type Question,
  type Reason,
  type Snapshot,
  type Token,
  type UnixMs,
} from '@driftlock/domain'
import { decodeChallenge, encodeChallenge } from '../challenge-codec.ts'
import type { CommitJob } from '../ports/authentication-store.ts'
import { loginName } from '../ports/login-name.ts'
import { uniqueId } from '../unique-id.ts'
import { type AskedCodes, heardFromCloud, underAppPolicy } from './ask-cloud-first.ts'
import type { AuthenticationPorts } from './authentication-ports.ts'
import { StoreBusyError } from './store-busy-error.ts'
import { snapshotOf } from './snapshot-of.ts'
import { asUnknownUser, unknownUserSnapshot } from './unknown-user.ts'

/** Through what a login came, for the audit record. */
export interface LoginOrigin {
  /** The agent, RADIUS client, console or command that asks. */
  readonly actor: AuditActor
  readonly clientAddress?: string
  readonly requestId?: string
}

export interface LoginRequest {
  /** User id or alias, as typed. */
  readonly username: string
  readonly entry:
    | { readonly type: 'passcode'; readonly passcode: string }
    /** The answer to a challenge, with the sealed text it came with. */
    | { readonly type: 'answer'; readonly sealedChallenge: string; readonly answer: string }
  readonly origin: LoginOrigin
}

/** `reason` is for the log and the help desk; what the user may read is `REASONS[reason].user`. */
export type LoginResult =
  | {
      readonly outcome: 'accept'
      readonly reason: Reason
      readonly user: LoggedInUser
      readonly tokenSerial: string
      /**
       * The token had not logged its owner in before, who has another one: a replacement may be settled now
       * (`authenticateAndSettle`).
       */
      readonly firstUse?: true
    }
  | { readonly outcome: 'reject'; readonly reason: Reason }
  | {
      readonly outcome: 'challenge'
      readonly reason: Reason
      readonly sealedChallenge: string
      readonly question: Question
    }

export interface LoggedInUser {
  readonly id: string
  readonly username: string
  readonly securityDomainId: string
}

/** Racing attempts on one user are decided one after the other; more rounds than this mean that something is wrong. */
const MAX_ROUNDS = 100

/** Bytes of randomness a decision may use. */
const ENTROPY_BYTES = 64

/**
 * One log-on attempt or one answer in its dialogue: load one snapshot, decide, commit under the condition together with
 * the audit record, answer. If someone else used the token meanwhile, load and decide again. Nothing is answered before
 * it is on disk.
 * @throws StoreError when the store does not answer: nothing was decided.
 */
export async function authenticate(ports: AuthenticationPorts, request: LoginRequest): Promise<LoginResult> {
  const name = loginName(request.username)
  const asked: AskedCodes = new Map()
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const { configVersion, subjects } = await ports.store.lookup([name])
    const subject = subjects[0]
    const stored =
      subject === undefined
        ? await unknownUserSnapshot(ports, name, configVersion)
        : await snapshotOf(ports, subject, configVersion)
    const { snapshot, cloudFirst } = await underAppPolicy(ports.appCodes, stored, configVersion)
    const judged = { snapshot, known: subject !== undefined }
    const here = decideOn(ports, request, judged)
    const decided = cloudFirst ? await decideWithCloud(ports, request, { ...judged, here, asked }) : here
    const outcome = await ports.store.commit(jobOf(ports, { request, decided, ...judged }))
    if (outcome === 'committed') return answerWith(ports, snapshot, decided)
  }
  throw new StoreBusyError(MAX_ROUNDS)
}

interface Judged {
  readonly snapshot: Snapshot
  readonly known: boolean
}

interface Decided {
  readonly decision: Decision
  readonly now: UnixMs
}

function decideOn(ports: AuthenticationPorts, { entry }: LoginRequest, { snapshot, known }: Judged): Decided {
  const now = ports.clock.now()
  const attempt = entry.type === 'passcode' ? entry : openAnswer(ports, entry, snapshot)
  const decision = decide(snapshot, attempt, { now, entropy: ports.random.bytes(ENTROPY_BYTES) })
  return { decision: known ? decision : asUnknownUser(decision, snapshot), now }
}

interface DecidedHere extends Judged {
  readonly here: Decided
  readonly asked: AskedCodes
}

/** Where an app's code would let its user in, the cloud is heard first; what it says is decided on as everything is. */
async function decideWithCloud(
  ports: AuthenticationPorts,
  request: LoginRequest,
  judged: DecidedHere,
): Promise<Decided> {
  const { here, asked, snapshot, known } = judged
  const { appCodes } = ports
  if (appCodes === undefined) return here
  const { entry } = request
  const tokencode = entry.type === 'passcode' ? entry.passcode : entry.answer
  const heard = await heardFromCloud(appCodes, { snapshot, decision: here.decision, tokencode, asked })
  return heard === undefined || heard === snapshot ? here : decideOn(ports, request, { snapshot: heard, known })
}

function openAnswer({ keys }: AuthenticationPorts, entry: Answer, snapshot: Snapshot): Attempt {
  const content = keys.openText('challenge', challengeBounds(snapshot), entry.sealedChallenge)
  const challenge: Challenge | undefined = content && decodeChallenge(content)
  return { type: 'answer', challenge, answer: entry.answer }
}

type Answer = Extract<LoginRequest['entry'], { type: 'answer' }>

function challengeBounds({ user }: Snapshot): readonly string[] {
  return ['log-on', user.id]
}

interface Settled extends Judged {
  readonly request: LoginRequest
  readonly decided: Decided
}

function jobOf(ports: AuthenticationPorts, { request, snapshot, decided, known }: Settled): CommitJob {
  const { decision, now } = decided
  const { user } = snapshot
  const token = decision.changes.tokens[0]
  const serial =
    snapshot.tokens.find(({ record }) => record.id === token?.tokenId)?.record.serial ??
    decision.trace.tokens[0]?.serial
  const { actor, clientAddress, requestId } = request.origin
  return {
    condition: known ? decision.condition : null,
    changes: decision.changes,
    audit: [
      {
        id: uniqueId(ports),
        at: now,
        actor,
        agent: actor.name,
        action: 'authenticate',
        outcome: decision.outcome === 'reject' ? 'failure' : decision.outcome === 'accept' ? 'success' : 'warning',
        reason: decision.reason,
        username: user.username,
        trace: decision.trace,
        ...(known && { userId: user.id, securityDomainId: user.securityDomainId }),
        ...(serial !== undefined && { tokenSerial: serial }),
        ...(clientAddress !== undefined && { clientAddress }),
        ...(requestId !== undefined && { requestId }),
      },
    ],
  }
}

function answerWith({ keys, clockGuard }: AuthenticationPorts, snapshot: Snapshot, { decision }: Decided): LoginResult {
  const { reason } = decision
  switch (decision.outcome) {
    case 'reject':
      return { outcome: 'reject', reason }
    case 'challenge': {
      const sealedChallenge = keys.sealText('challenge', challengeBounds(snapshot), encodeChallenge(decision.challenge))
      return { outcome: 'challenge', reason, sealedChallenge, question: decision.question }
    }
    case 'accept': {
      const { id, username, securityDomainId } = snapshot.user
      const token = snapshot.tokens.find(({ record }) => record.id === decision.tokenId)
      const surpriseMs = token && surpriseOf(token, decision)
      if (surpriseMs !== undefined) clockGuard.witness(decision.tokenId, surpriseMs)
      return {
        outcome: 'accept',
        reason,
        user: { id, username, securityDomainId },
        tokenSerial: token?.record.serial ?? '',
        // What it replaced still belongs to its owner and was looked up with it: alone, it replaces nothing.
        ...(token?.state.lastAcceptedAt === null && snapshot.tokens.length > 1 && { firstUse: true }),
      }
    }
  }
}

/** How far the code lay from where the token's own estimate expected it: what the fleet says of the server's clock. */
function surpriseOf({ record, state }: Token, { trace }: Decision): number | undefined {
  const seen = trace.tokens.find(({ serial }) => serial === record.serial)?.clockOffMs
  return seen === undefined || state.clock.measuredAt === null ? undefined : seen - state.clock.offsetMs
}
