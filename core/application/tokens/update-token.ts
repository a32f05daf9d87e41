import { type PasscodeStyle, type TokenWindows, type UnixMs, withoutPin } from '@driftlock/domain'
import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { findToken, ownerOf, requireSecurityDomain } from '../administration/find-object.ts'
import { administer } from '../administration/unit-of-work.ts'
import { writeToken } from '../administration/write-token.ts'
import { ApplicationError } from '../errors/application-error.ts'
import type { ManagedToken } from '../ports/token-store.ts'
import { refuseCloudManaged } from './refuse-cloud-managed.ts'

export interface UpdateTokenRequest {
  readonly token: string
  /** The version that was shown; absent = whatever it is now. */
  readonly version?: number
  readonly nickname?: string
  readonly notes?: string
  readonly securityDomainId?: string
  /** Time tokens: seconds either way; HOTP: counters ahead. */
  readonly windows?: TokenWindows
  readonly passcodeStyle?: PasscodeStyle
  readonly startsAt?: UnixMs | null
  readonly expiresAt?: UnixMs | null
}

const MAX_TEXT_LENGTH = 1024
/** Half a day: beyond it a window would take what resynchronisation is there for. */
const MAX_WINDOW = 43_200

/**
 * Changes the record of a token. A move to another security domain needs the right there, too. Another passcode style
 * clears the PIN, which was made for the old one.
 * @throws ApplicationError `CHANGED_MEANWHILE`, `INVALID_INPUT`, `NOT_FOUND`.
 */
export async function updateToken(
  ports: AdministrationPorts,
  context: AdministrationContext,
  request: UpdateTokenRequest,
): Promise<ManagedToken> {
  const { token: name, version, nickname, notes, securityDomainId, ...record } = request
  return administer(ports, { context, action: 'update-token' }, async (unit) => {
    const token = await findToken(unit.tx, name)
    const permission = 'update-token'
    await unit.authorise({ permission, securityDomainId: token.securityDomainId, onUserId: token.record.userId })
    if (securityDomainId !== undefined) {
      await requireSecurityDomain(unit.tx, securityDomainId)
      await unit.authorise({ permission, securityDomainId })
    }
    if (version !== undefined && version !== token.state.version)
      throw new ApplicationError('CHANGED_MEANWHILE', { type: 'token', id: token.record.serial })
    requireOwn(token, request)
    requireSound(token, request)
    const restyled = record.passcodeStyle !== undefined && record.passcodeStyle !== token.record.passcodeStyle
    return writeToken(unit, token, {
      action: 'update-token',
      user: await ownerOf(unit.tx, token),
      changes: {
        record,
        details: {
          ...(nickname !== undefined && { nickname }),
          ...(notes !== undefined && { notes }),
          ...(securityDomainId !== undefined && { securityDomainId }),
        },
        ...(restyled && { state: withoutPin(token.state) }),
      },
    })
  })
}

/** How an app's token is used, and how long, is the cloud's to say. */
function requireOwn(token: ManagedToken, { passcodeStyle, startsAt, expiresAt }: UpdateTokenRequest): void {
  if (passcodeStyle !== undefined || startsAt !== undefined || expiresAt !== undefined) refuseCloudManaged(token)
}

function requireSound(
  { record }: ManagedToken,
  { nickname = '', notes = '', windows, ...dates }: UpdateTokenRequest,
): void {
  if (nickname.length > 128) throw invalid('nickname', 'enter at most 128 characters.')
  if (notes.length > MAX_TEXT_LENGTH) throw invalid('notes', `enter at most ${MAX_TEXT_LENGTH} characters.`)
  const { startsAt = record.startsAt, expiresAt = record.expiresAt } = dates
  if (startsAt !== null && expiresAt !== null && expiresAt <= startsAt)
    throw invalid('expiresAt', 'must be later than startsAt.')
  if (windows === undefined) return
  const { small, medium, large } = windows
  const whole = [small, medium, large].every((one) => Number.isInteger(one) && one >= 1 && one <= MAX_WINDOW)
  if (!whole || small > medium || medium > large)
    throw invalid('windows', `enter whole numbers from 1 to ${MAX_WINDOW} with small ≤ medium ≤ large.`)
}

function invalid(field: string, fault: string): ApplicationError {
  return new ApplicationError('INVALID_INPUT', { field, faults: [fault] })
}
