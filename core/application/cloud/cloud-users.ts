import { NO_GUESSES } from '@driftlock/domain'
import { ApplicationError } from '../errors/application-error.ts'
import type { CloudRepository } from '../ports/cloud-store.ts'
import type { CloudUser, ShownCloudUser } from '../ports/cloud-subjects.ts'
import { uniqueId } from '../unique-id.ts'
import { cloudEntry } from './cloud-entry.ts'
import { type CloudContext, type CloudPorts, requireCompany, requireOwn } from './cloud-ports.ts'
import { requireName } from './companies.ts'
import { endApp } from './end-app.ts'
import { orAlreadyExists } from './or-already-exists.ts'

export interface NewCloudUser {
  readonly companyId: string
  readonly sourceId: string
  readonly attribute: string
  readonly displayName: string
}

/** Creates a user of an identity source. @throws ApplicationError `NOT_FOUND`, `INVALID_INPUT`, `ALREADY_EXISTS`. */
export async function createCloudUser(
  ports: CloudPorts,
  context: CloudContext,
  given: NewCloudUser,
): Promise<CloudUser> {
  const user = newCloudUser(ports, given)
  const { companyId, sourceId, attribute } = user
  await orAlreadyExists({ type: 'user', field: 'attribute', value: attribute }, () =>
    ports.cloud.transaction(async (tx) => {
      await requireCompany(tx, context, companyId)
      await requireSource(tx, companyId, sourceId)
      await tx.insertUsers([user])
      tx.audit(cloudEntry(ports, context, { action: 'create-user', companyId, userId: user.id, username: attribute }))
    }),
  )
  return user
}

export function newCloudUser(ports: CloudPorts, given: NewCloudUser): CloudUser {
  const attribute = requireName('attribute', given.attribute)
  return {
    id: uniqueId(ports),
    companyId: given.companyId,
    sourceId: given.sourceId,
    attribute,
    displayName: given.displayName === '' ? attribute : requireName('displayName', given.displayName),
    enabled: true,
    guesses: NO_GUESSES,
    createdAt: ports.clock.now(),
    version: 1,
  }
}

/** @throws ApplicationError `NOT_FOUND` unless the source is the company's. */
export async function requireSource(tx: CloudRepository, companyId: string, sourceId: string): Promise<string> {
  const source = (await tx.sources(companyId)).find(({ id }) => id === sourceId)
  if (source === undefined) throw new ApplicationError('NOT_FOUND', { type: 'identity-source', id: sourceId })
  return source.name
}

export interface CloudUserChanges {
  readonly userId: string
  readonly attribute?: string
  readonly displayName?: string
  readonly enabled?: boolean
}

/**
 * Changes a user. What managers see of it (attribute, enabled) moves the user's apps in the feed.
 * @throws ApplicationError `NOT_FOUND`, `INVALID_INPUT`, `ALREADY_EXISTS`.
 */
export async function updateCloudUser(
  ports: CloudPorts,
  context: CloudContext,
  { userId, ...changes }: CloudUserChanges,
): Promise<CloudUser> {
  const seen = requireOwn(context, await ports.cloud.read.user(userId), { type: 'user', id: userId })
  const value = changes.attribute ?? seen.attribute
  return orAlreadyExists({ type: 'user', field: 'attribute', value }, () =>
    ports.cloud.transaction(async (tx) => {
      const changeTime = await tx.changeTime(seen.companyId)
      const before = requireOwn(context, await tx.user(userId), { type: 'user', id: userId })
      const { enabled = before.enabled, displayName = before.displayName } = changes
      const attribute = requireName('attribute', changes.attribute ?? before.attribute)
      const user = { ...before, attribute, displayName: requireName('displayName', displayName), enabled }
      await tx.updateUser(user)
      if (attribute !== before.attribute || enabled !== before.enabled) await tx.moveDevicesOf(userId, changeTime)
      tx.audit(actOn(ports, context, { user, action: 'update-user', before: facts(before), after: facts(user) }))
      return { ...user, version: user.version + 1 }
    }),
  )
}

/** Takes a lock away before its time. @throws ApplicationError `NOT_FOUND`. */
export async function unlockCloudUser(ports: CloudPorts, context: CloudContext, userId: string): Promise<void> {
  const seen = requireOwn(context, await ports.cloud.read.user(userId), { type: 'user', id: userId })
  await ports.cloud.transaction(async (tx) => {
    await tx.changeTime(seen.companyId)
    const user = requireOwn(context, await tx.user(userId), { type: 'user', id: userId })
    await tx.updateUser({ ...user, guesses: NO_GUESSES })
    tx.audit(actOn(ports, context, { user, action: 'unlock-user' }))
  })
}

/** Deletes a user; an app in use is revoked and stays in the feed as such. @throws ApplicationError `NOT_FOUND`. */
export async function deleteCloudUser(ports: CloudPorts, context: CloudContext, userId: string): Promise<void> {
  const seen = requireOwn(context, await ports.cloud.read.user(userId), { type: 'user', id: userId })
  await ports.cloud.transaction(async (tx) => {
    const changeTime = await tx.changeTime(seen.companyId)
    const user = requireOwn(context, await tx.user(userId), { type: 'user', id: userId })
    const app = user.serial === null ? undefined : await tx.deviceBySerial(user.serial)
    if (app !== undefined)
      await tx.updateDevice(endApp(app, { reason: 'user-deleted', changeTime, now: ports.clock.now() }))
    await tx.deleteUser(userId)
    tx.audit(actOn(ports, context, { user, action: 'delete-user' }))
  })
}

function facts({ attribute, displayName, enabled }: CloudUser) {
  return { attribute, displayName, enabled }
}

interface ActOnUser {
  readonly user: ShownCloudUser
  readonly action: 'update-user' | 'unlock-user' | 'delete-user'
  readonly before?: unknown
  readonly after?: unknown
}

function actOn(ports: CloudPorts, context: CloudContext, { user, ...act }: ActOnUser) {
  const { companyId, id: userId, attribute: username } = user
  return cloudEntry(ports, context, { ...act, companyId, userId, username })
}
