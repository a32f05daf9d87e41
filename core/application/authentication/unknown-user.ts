import { type Decision, FRESH_TOKEN_STATE, NO_GUESSES, type Snapshot, type Token, unixMs } from '@driftlock/domain'
import { ROOT_SECURITY_DOMAIN_ID } from '../ports/security-domain-store.ts'
import type { AuthenticationPorts } from './authentication-ports.ts'

const DECOY_ID = '00000000-0000-7000-8000-000000000000'

/** A seed that is nobody's. No code of it is ever accepted: the decision on an unknown user is thrown away. */
const DECOY_SEED = new Uint8Array(20).fill(0x5a)

/**
 * What is judged for a name that nobody has: one token that looks like any other, so that the answer takes the time a
 * real user's wrong passcode takes.
 */
export async function unknownUserSnapshot(
  { keys, policies, clockGuard }: AuthenticationPorts,
  username: string,
  configVersion: number,
): Promise<Snapshot> {
  const { token, lockout } = await policies.policiesAt(configVersion, ROOT_SECURITY_DOMAIN_ID)
  const pinKeys = keys.pinKeys()
  return {
    user: {
      id: DECOY_ID,
      username: username.slice(0, 128),
      securityDomainId: ROOT_SECURITY_DOMAIN_ID,
      enabled: true,
      startsAt: null,
      expiresAt: null,
      version: 0,
      guesses: NO_GUESSES,
    },
    tokens: [decoyToken(pinKeys.current.id)],
    tokenPolicy: token,
    lockoutPolicy: lockout,
    pinKeys,
    serverClockInDoubt: clockGuard.inDoubt(),
  }
}

/** The decision on an unknown user, whatever the decoy came to. */
export function asUnknownUser(decision: Decision, snapshot: Snapshot): Decision {
  return {
    outcome: 'reject',
    reason: 'user-unknown',
    changes: { tokens: [] },
    condition: decision.condition,
    trace: {
      rule: 'user-unknown',
      tokens: [],
      consecutiveFailures: 0,
      counted: false,
      serverClockInDoubt: snapshot.serverClockInDoubt,
    },
  }
}

function decoyToken(keyId: string): Token {
  const verifier = { keyId, mac: new Uint8Array(32) }
  return {
    record: {
      id: DECOY_ID,
      serial: '000000000000',
      kind: 'totp',
      formFactor: 'key-fob',
      algorithm: 'sha1',
      digits: 6,
      intervalSeconds: 30,
      t0Seconds: 0,
      passcodeStyle: 'fob',
      windows: { small: 30, medium: 90, large: 300 },
      enabled: true,
      startsAt: null,
      expiresAt: null,
      userId: DECOY_ID,
    },
    state: { ...FRESH_TOKEN_STATE, version: 0, pin: { verifier, length: 4, setAt: unixMs(0), history: [] } },
    seed: DECOY_SEED,
  }
}
