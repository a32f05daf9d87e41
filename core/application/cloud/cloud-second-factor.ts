import { ApplicationError } from '../errors/application-error.ts'
import type { CloudAdministrator } from '../ports/cloud-subjects.ts'
import { verifyAppCode } from './authenticate-app-user.ts'
import { cloudEntry } from './cloud-entry.ts'
import type { CloudContext, CloudPorts } from './cloud-ports.ts'

type Origin = Pick<CloudContext, 'actor' | 'clientAddress' | 'requestId'>

/**
 * Judges a tokencode that an administrator gave, as a log-on of the user with the app: each code once, and wrong ones count
 * against that user's lockout. @returns false also when the user has no app (any more).
 */
export async function isSecondFactor(
  ports: CloudPorts,
  origin: Origin,
  { userId, tokencode }: { readonly userId: string; readonly tokencode: string },
): Promise<boolean> {
  const user = await ports.cloud.read.user(userId)
  if (user?.serial === undefined || user.serial === null || tokencode === '') return false
  const { companyId, serial } = user
  const { outcome } = await verifyAppCode(ports, { companyId, serial, tokencode, origin })
  return outcome === 'accepted'
}

export interface SecondFactorChoice {
  readonly administratorId: string
  /** Short name of the company; an administrator of a company has no other than that. */
  readonly company: string
  /** Attribute of the user whose app it is. */
  readonly userName: string
  /** What the app shows: nobody takes an app that is not at hand. */
  readonly tokencode: string
}

/**
 * From now on this administrator gives a tokencode of that user's app with the password.
 * @throws ApplicationError `NOT_AUTHORISED` (reason `tokencode`) for an unknown user, a user without an app and a wrong code
 * alike.
 */
export async function chooseSecondFactor(
  ports: CloudPorts,
  context: CloudContext,
  { administratorId, company, userName, tokencode }: SecondFactorChoice,
): Promise<void> {
  const found = await ports.cloud.read.companyByName(company)
  const { authority } = context
  const isOwn = found !== undefined && (authority.type === 'service' || authority.companyId === found.id)
  const users = isOwn ? await ports.cloud.read.usersByAttribute(found.id, userName) : []
  const [user, ...others] = users.filter(({ serial }) => serial !== null)
  const fits =
    user !== undefined && others.length === 0 && (await isSecondFactor(ports, context, { userId: user.id, tokencode }))
  if (!fits) throw wrongTokencode()
  await setSecondFactor(ports, context, { administratorId, userId: user.id })
}

/** The password alone is enough again. @throws ApplicationError `NOT_AUTHORISED` for a wrong tokencode. */
export async function dropSecondFactor(
  ports: CloudPorts,
  context: CloudContext,
  { administrator, tokencode }: { readonly administrator: CloudAdministrator; readonly tokencode: string },
): Promise<void> {
  const { id, secondFactorUserId } = administrator
  if (secondFactorUserId === null) return
  const given = { userId: secondFactorUserId, tokencode }
  if (!(await isSecondFactor(ports, context, given))) throw wrongTokencode()
  await setSecondFactor(ports, context, { administratorId: id, userId: null })
}

async function setSecondFactor(
  ports: CloudPorts,
  context: CloudContext,
  { administratorId, userId }: { readonly administratorId: string; readonly userId: string | null },
): Promise<void> {
  await ports.cloud.transaction(async (tx) => {
    const administrator = await tx.administrator(administratorId)
    if (administrator === undefined)
      throw new ApplicationError('NOT_FOUND', { type: 'administrator', id: administratorId })
    await tx.updateAdministrator({ ...administrator, secondFactorUserId: userId })
    const { companyId, name } = administrator
    const act = { action: 'set-second-factor', userId: administratorId, username: name, after: { userId } } as const
    tx.audit(cloudEntry(ports, context, { ...act, ...(companyId !== null && { companyId }) }))
  })
}

function wrongTokencode(): ApplicationError {
  return new ApplicationError('NOT_AUTHORISED', { permission: 'second factor', reason: 'tokencode' })
}
