import { ApplicationError } from '@driftlock/application'
import type { Access } from '@driftlock/contracts'
import type { Caller } from '../sessions/caller.ts'
import { ApiError } from './api-error.ts'

/**
 * The first gate of every route: is somebody logged on, and do they hold any of the route's permissions anywhere? Whether it
 * holds for this very object is the use case's to say.
 * @throws ApiError `NOT_LOGGED_ON`; ApplicationError `NOT_AUTHORISED`.
 */
export function pass(access: Access, caller: Caller): void {
  switch (access.type) {
    case 'public':
      return
    case 'owner':
      if (caller.type !== 'owner') throw new ApiError('NOT_LOGGED_ON')
      return
    case 'administrator':
      if (caller.type !== 'administrator') throw new ApiError('NOT_LOGGED_ON')
      return
    case 'permission': {
      if (caller.type !== 'administrator') throw new ApiError('NOT_LOGGED_ON')
      const { grants, narrowedTo } = caller
      const held = access.anyOf.some(
        (permission) =>
          (narrowedTo?.includes(permission) ?? true) &&
          grants.some(({ role }) => role.permissions.includes(permission)),
      )
      if (held) return
      throw new ApplicationError('NOT_AUTHORISED', {
        permission: access.anyOf.join(' or '),
        reason: 'permission-not-held',
      })
    }
  }
}
