import { afterFailure, effectiveLock, pausedUntil } from '@driftlock/domain'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { policiesInForce, policyGround } from '../policies/policies-in-force.ts'
import { StoreError } from '../ports/store-error.ts'

const MAX_ROUNDS = 5

/**
 * A wrong password is a guess like a wrong passcode: it counts against the same lockout (authentication-manager §3, all
 * methods together). Whoever is locked already is not counted further.
 */
export async function countWrongPassword(ports: AdministrationPorts, userId: string): Promise<void> {
  for (let round = 1; ; round++) {
    try {
      return await ports.administration.transaction(async (tx) => {
        const found = await tx.users.find(userId)
        if (found === undefined) return
        const { version, guesses, securityDomainId } = found.user
        const policy = policiesInForce(await policyGround(tx), securityDomainId).lockout
        const now = ports.clock.now()
        if (effectiveLock(guesses, policy, now) !== undefined || pausedUntil(guesses, policy, now) !== undefined) return
        await tx.users.updateGuesses(userId, version, afterFailure(guesses, { oneFactor: false }, { policy, now }))
      })
    } catch (error) {
      if (!(error instanceof StoreError && error.code === 'STALE_VERSION') || round === MAX_ROUNDS) throw error
    }
  }
}
