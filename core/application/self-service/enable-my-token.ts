import { equalInConstantTime, keyedHash } from '@driftlock/domain'
import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { findToken, requireOwner } from '../administration/find-object.ts'
import { administer } from '../administration/unit-of-work.ts'
import { writeToken } from '../administration/write-token.ts'
import { ApplicationError } from '../errors/application-error.ts'
import type { ManagedToken } from '../ports/token-store.ts'
import { utf8Of } from '../text-bytes.ts'

/** Letters and digits that are not mistaken for each other: 32, so that five bits make one. */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'
const CODE_LENGTH = 12

/**
 * The code by which a user enables a token that was sent to them disabled. Nothing is stored: it follows from the assignment and
 * ends with it, and with the first use of the token. Send it apart from the token.
 * @throws ApplicationError `TOKEN_NOT_ASSIGNED`, `NOT_FOUND`.
 */
export async function enableCodeFor(
  ports: AdministrationPorts,
  context: AdministrationContext,
  request: { readonly token: string },
): Promise<{ readonly enableCode: string }> {
  return administer(ports, { context, action: 'enable-token' }, async (unit) => {
    const token = await findToken(unit.tx, request.token)
    const { securityDomainId, record } = token
    await unit.authorise({ permission: 'enable-token', securityDomainId, onUserId: record.userId })
    const user = await requireOwner(unit.tx, token)
    unit.audit({ action: 'enable-token', user, token, after: { enableCode: 'made' } })
    return { enableCode: codeUnder(ports.keys.pinKeys().current.key, token) }
  })
}

/** Enables a token of one's own by its code. @throws ApplicationError `ENABLE_CODE_INVALID`, `NOT_AUTHORISED`, `NOT_FOUND`. */
export async function enableMyToken(
  ports: AdministrationPorts,
  context: AdministrationContext,
  request: { readonly token: string; readonly enableCode: string },
): Promise<ManagedToken> {
  return administer(ports, { context, action: 'enable-token' }, async (unit) => {
    const token = await findToken(unit.tx, request.token)
    unit.authoriseOwner(token.record.userId)
    const user = await requireOwner(unit.tx, token)
    const typed = utf8Of(request.enableCode.replace(/[\s-]/g, '').toUpperCase().toWellFormed())
    const keys = [...ports.keys.pinKeys().byId.values()]
    const fits = keys.some((key) => equalInConstantTime(utf8Of(codeUnder(key, token)), typed))
    const { lastAcceptedAt } = token.state
    // A token that was in use and was disabled later is the administrator's to enable.
    const isNew = lastAcceptedAt === null || lastAcceptedAt < (token.assignedAt ?? 0)
    if (!fits || !isNew) throw new ApplicationError('ENABLE_CODE_INVALID', { serial: token.record.serial })
    return writeToken(unit, token, { action: 'enable-token', user, changes: { record: { enabled: true } } })
  })
}

function codeUnder(key: Uint8Array, { record, assignedAt }: ManagedToken): string {
  const mac = keyedHash(key, ['driftlock enable-code 1', record.id, record.userId ?? '', String(assignedAt)])
  return Array.from(mac.subarray(0, CODE_LENGTH), (octet) => ALPHABET.charAt(octet % ALPHABET.length)).join('')
}
