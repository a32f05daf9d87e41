import type { Permission } from '@driftlock/domain'
import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { grantsOf } from '../administration/administrator-grants.ts'
import { findUser } from '../administration/find-object.ts'

/** How a request came, beside who makes it. */
export type RequestOrigin = Pick<AdministrationContext, 'clientAddress' | 'requestId'>

export interface AdministratorIdentity {
  readonly userId: string
  /** Of an API key: narrows what its owner may do; empty = everything the owner may. */
  readonly narrowedTo?: readonly Permission[]
}

/**
 * The context of a logged-on administrator, with the grants as they are now: make it for every request, so that a revoked role
 * is gone at once. undefined = not an administrator (any more), or disabled.
 */
export async function administratorContext(
  { administration: { read } }: Pick<AdministrationPorts, 'administration'>,
  { userId, narrowedTo = [] }: AdministratorIdentity,
  origin: RequestOrigin = {},
): Promise<AdministrationContext | undefined> {
  const administrator = await read.access.administrator(userId)
  if (administrator?.enabled !== true) return undefined
  const { user } = await findUser(read, userId)
  if (!user.enabled) return undefined
  const grants = await grantsOf(read, userId)
  return {
    authority: { type: 'administrator', administrator: { grants }, ...(narrowedTo.length > 0 && { narrowedTo }) },
    actor: { type: 'administrator', id: userId, name: user.username },
    ...origin,
  }
}
