import {
  type AdministrationContext,
  ApplicationError,
  clearPin,
  deleteToken,
  disableToken,
  enableToken,
  endEmergencyAccess,
  forceNewPin,
  markTokenLost,
  unassignToken,
  updateToken,
} from '@driftlock/application'
import type { BulkResult, BulkTokenAct } from '@driftlock/contracts'
import type { ApiServices } from '../api/services.ts'

type Act = (services: ApiServices, context: AdministrationContext, token: string) => Promise<unknown>

const ACTS: Readonly<Record<Exclude<BulkTokenAct['act'], 'move'>, Act>> = {
  enable: (services, context, token) => enableToken(services, context, { token }),
  disable: (services, context, token) => disableToken(services, context, { token }),
  unassign: (services, context, token) => unassignToken(services, context, { token }),
  delete: (services, context, token) => deleteToken(services, context, { token }),
  'mark-lost': (services, context, token) => markTokenLost(services, context, { token, lost: true }),
  'mark-found': (services, context, token) => markTokenLost(services, context, { token, lost: false }),
  'clear-pin': (services, context, token) => clearPin(services, context, { token }),
  'force-new-pin': (services, context, token) => forceNewPin(services, context, { token }),
  'end-emergency-access': (services, context, token) => endEmergencyAccess(services, context, { token }),
}

/**
 * One act on exactly the tokens that are named, one after the other, each authorised and audited by itself; what fails for one
 * leaves the others done. @throws ApplicationError `COUNT_NOT_CONFIRMED`, `INVALID_INPUT`.
 */
export async function bulkTokens(
  services: ApiServices,
  context: AdministrationContext,
  { act, tokenIds, confirmCount, securityDomainId }: BulkTokenAct,
): Promise<BulkResult> {
  const named = [...new Set(tokenIds)]
  if (named.length !== confirmCount)
    throw new ApplicationError('COUNT_NOT_CONFIRMED', { named: named.length, confirmed: confirmCount })
  const perform = act === 'move' ? moveTo(securityDomainId) : ACTS[act]
  const results: BulkResult['results'] = []
  for (const id of named) {
    const serial = await serialOf(services, id)
    results.push(await tried({ id, serial }, () => perform(services, context, id)))
  }
  const done = results.filter(({ ok }) => ok).length
  return { done, failed: results.length - done, results }
}

function moveTo(securityDomainId: string | undefined): Act {
  if (securityDomainId === undefined)
    throw new ApplicationError('INVALID_INPUT', {
      field: 'securityDomainId',
      faults: ['say where to move the tokens.'],
    })
  return (services, context, token) => updateToken(services, context, { token, securityDomainId })
}

/** Read before the act: one that deletes leaves nothing to name. */
async function serialOf({ administration: { read } }: ApiServices, id: string): Promise<string | undefined> {
  return (await read.tokens.find(id))?.record.serial
}

interface Named {
  readonly id: string
  readonly serial: string | undefined
}

async function tried(
  { id, serial = id }: Named,
  perform: () => Promise<unknown>,
): Promise<BulkResult['results'][number]> {
  try {
    await perform()
    return { id, name: serial, ok: true, code: null, detail: null }
  } catch (error) {
    if (!isRefusal(error)) throw error
    // What is not the caller's to act on is named as the caller named it.
    const isTheirs = error.code !== 'NOT_AUTHORISED' && error.code !== 'NOT_FOUND'
    return { id, name: isTheirs ? serial : id, ok: false, code: error.code, detail: error.message }
  }
}

function isRefusal(error: unknown): error is ApplicationError {
  return error instanceof ApplicationError
}
