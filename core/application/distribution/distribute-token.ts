import { NO_STEP } from '@driftlock/domain'
import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { findToken, requireOwner } from '../administration/find-object.ts'
import { openToken } from '../administration/subject-snapshot.ts'
import { administer } from '../administration/unit-of-work.ts'
import { writeToken } from '../administration/write-token.ts'
import { ApplicationError } from '../errors/application-error.ts'
import { type DistributionMethod, type Distributed, writeDistribution } from './write-distribution.ts'

export interface DistributeTokenRequest {
  readonly token: string
  readonly method: DistributionMethod
}

/**
 * Hands out a software token as a password-protected sdtid file, a CTF string or an otpauth link, with the seed it has: copies
 * that are out already stay good. What is returned holds the seed: give it to its user and keep it out of logs.
 * @throws ApplicationError `DISTRIBUTION_UNSUITABLE`, `DISTRIBUTION_PENDING`, `TOKEN_NOT_ASSIGNED`, `NOT_FOUND`.
 */
export async function distributeToken(
  ports: AdministrationPorts,
  context: AdministrationContext,
  request: DistributeTokenRequest,
): Promise<Distributed> {
  const { method } = request
  return administer(ports, { context, action: 'distribute-token' }, async (unit) => {
    const token = await findToken(unit.tx, request.token)
    const { securityDomainId, record, state } = token
    await unit.authorise({ permission: 'distribute-token', securityDomainId, onUserId: record.userId })
    const user = await requireOwner(unit.tx, token)
    if (state.pendingSeed) throw new ApplicationError('DISTRIBUTION_PENDING', { serial: record.serial })
    const { seed } = await openToken(unit.tx, token, ports.keys)
    const nextCounter = state.highWaterStep === NO_STEP ? 0n : state.highWaterStep + 1n
    const written = writeDistribution({ token, user, seed, method, nextCounter, random: ports.random })
    const count = (token.distribution?.count ?? 0) + 1
    const { type, deviceId = '' } = method
    await writeToken(unit, token, {
      action: 'distribute-token',
      user,
      changes: {
        details: { distribution: { method: type, at: unit.now, count, deviceId, nickname: token.nickname } },
      },
    })
    return written
  })
}
