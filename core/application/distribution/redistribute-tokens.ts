import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { findToken, requireOwner } from '../administration/find-object.ts'
import { openToken } from '../administration/subject-snapshot.ts'
import { administer, type Unit } from '../administration/unit-of-work.ts'
import { writeToken } from '../administration/write-token.ts'
import { seedContext } from '../authentication/snapshot-of.ts'
import { ApplicationError } from '../errors/application-error.ts'
import { type DistributionMethod, type Distributed, writeDistribution } from './write-distribution.ts'

export interface RedistributeTokensRequest {
  /** The tokens, one by one: there is no "all". Ids or serials. */
  readonly tokens: readonly string[]
  /** How many the administrator was shown and confirmed; must be the number named. */
  readonly confirmedCount: number
  readonly method: DistributionMethod
}

/** More would hold the writers of the store for too long in one unit. */
const MAX_TOKENS = 500

/**
 * Distributes software tokens again with new seeds, safely (seed 000 names what goes wrong otherwise): the new seed waits
 * beside the old one, both are good until the new one is first used, and `undoRedistribution` takes it back. All or none.
 * What is returned holds seeds: give it to the users and keep it out of logs.
 * @throws ApplicationError `COUNT_NOT_CONFIRMED`, `DISTRIBUTION_UNSUITABLE`, `TOKEN_NOT_ASSIGNED`, `NOT_FOUND`.
 */
export async function redistributeTokens(
  ports: AdministrationPorts,
  context: AdministrationContext,
  request: RedistributeTokensRequest,
): Promise<readonly Distributed[]> {
  const { tokens, confirmedCount, method } = request
  const named = [...new Set(tokens)]
  return administer(ports, { context, action: 'redistribute-token' }, async (unit) => {
    await unit.authorise({ permission: 'redistribute-token', securityDomainId: await firstDomain(unit, named) })
    if (named.length !== confirmedCount || named.length === 0)
      throw new ApplicationError('COUNT_NOT_CONFIRMED', { named: named.length, confirmed: confirmedCount })
    if (named.length > MAX_TOKENS)
      throw new ApplicationError('INVALID_INPUT', { field: 'tokens', faults: [`name at most ${MAX_TOKENS} tokens.`] })
    const distributed: Distributed[] = []
    for (const name of named) distributed.push(await redistribute(unit, ports, { name, method }))
    return distributed
  })
}

async function firstDomain({ tx }: Unit, [first]: readonly string[]): Promise<string | null> {
  return first === undefined ? null : (await findToken(tx, first)).securityDomainId
}

async function redistribute(
  unit: Unit,
  { keys, random }: AdministrationPorts,
  { name, method }: { readonly name: string; readonly method: DistributionMethod },
): Promise<Distributed> {
  const token = await findToken(unit.tx, name)
  const { securityDomainId, record } = token
  await unit.authorise({ permission: 'redistribute-token', securityDomainId, onUserId: record.userId })
  const user = await requireOwner(unit.tx, token)
  const { seed: old } = await openToken(unit.tx, token, keys)
  const seed = random.bytes(old.length)
  // A new seed counts from where the old one stands: one high-water step guards both.
  const nextCounter = token.state.highWaterStep + 1n
  const written = writeDistribution({ token, user, seed, method, nextCounter, random })
  const count = (token.distribution?.count ?? 0) + 1
  const { type, deviceId = '' } = method
  await writeToken(unit, token, {
    action: 'redistribute-token',
    user,
    changes: {
      seeds: { type: 'set-pending', seed: keys.seal('seed', seedContext(record.id), seed), at: unit.now },
      details: { distribution: { method: type, at: unit.now, count, deviceId, nickname: token.nickname } },
    },
  })
  return written
}
