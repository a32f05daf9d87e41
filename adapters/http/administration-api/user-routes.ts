import {
  countUsers,
  createUser,
  deleteUser,
  explainPasscodeFor,
  recentActivityOf,
  searchUsers,
  setPassword,
  showUser,
  unlockUser,
  updateUser,
} from '@driftlock/application'
import { userEndpoints as e } from '@driftlock/contracts'
import { unixMs } from '@driftlock/domain'
import { requireSame } from '../api/precondition.ts'
import { type Call, route, type RoutesOf } from '../api/route.ts'
import type { ApiServices } from '../api/services.ts'
import { activityOf } from '../views/activity-view.ts'
import { defined } from '../views/defined.ts'
import { withInstants } from '../views/with-instants.ts'
import { presentUser, presentUsers } from '../views/present-users.ts'
import { COUNT_BOUND } from './token-routes.ts'
import { userDashboard } from './user-dashboard.ts'

export function userRoutes(services: ApiServices): RoutesOf<typeof e> {
  return { ...userRecordRoutes(services), ...userActRoutes(services), ...userHelpRoutes(services) }
}

function userRecordRoutes(services: ApiServices) {
  return {
    listUsers: route(e.listUsers, async ({ query, context }) => {
      const { limit, after, sort, securityDomainId, count, username, expiresBefore, ...plain } = query
      const filter = defined({
        ...plain,
        usernamePrefix: username,
        expiresBefore: expiresBefore === undefined ? undefined : unixMs(expiresBefore),
      })
      const request = { filter, limit, sort, ...defined({ after, within: securityDomainId }) }
      const page = await searchUsers(services, context, request)
      const total = count === true ? await countUsers(services, context, { ...request, bound: COUNT_BOUND }) : undefined
      return { ...page, items: await presentUsers(services, page.items), ...(total !== undefined && { total }) }
    }),
    createUser: route(e.createUser, async ({ body, context }) => {
      const { username, securityDomainId, ...details } = body
      const user = await createUser(services, context, { username, securityDomainId, ...withInstants(details) })
      return presentUser(services, user)
    }),
    getUser: route(e.getUser, async ({ params, context }) => {
      const { user } = await showUser(services, context, { user: params.userId })
      return presentUser(services, user)
    }),
    updateUser: route(e.updateUser, async ({ params, body, version, context }) => {
      const request = { ...withInstants(body), user: params.userId, ...(version !== undefined && { version }) }
      return presentUser(services, await updateUser(services, context, request))
    }),
    deleteUser: route(e.deleteUser, async ({ params, query, version, context }) => {
      const { user } = await showUser(services, context, { user: params.userId })
      requireSame(version, user.user.version)
      const { serials } = await deleteUser(services, context, { user: params.userId, tokens: query.tokens })
      return { serials: [...serials] }
    }),
  }
}

function userActRoutes(services: ApiServices) {
  const enabling =
    (enabled: boolean) =>
    async ({ params, context }: Pick<Call<typeof e.enableUser>, 'params' | 'context'>) =>
      presentUser(services, await updateUser(services, context, { user: params.userId, enabled }))
  return {
    enableUser: route(e.enableUser, enabling(true)),
    disableUser: route(e.disableUser, enabling(false)),
    unlockUser: route(e.unlockUser, async ({ params, context }) =>
      presentUser(services, await unlockUser(services, context, { user: params.userId })),
    ),
    setUserPassword: route(e.setUserPassword, async ({ params, body, context }) => {
      await setPassword(services, context, { user: params.userId, password: body.password, mustChange: true })
      return null
    }),
  }
}

function userHelpRoutes(services: ApiServices) {
  return {
    getUserDashboard: route(e.getUserDashboard, async ({ params, context }) =>
      userDashboard(services, context, params.userId),
    ),
    getUserActivity: route(e.getUserActivity, async ({ params, query, context }) => {
      const request = { user: params.userId, limit: query.limit, ...defined({ after: query.after }) }
      const page = await recentActivityOf(services, context, request)
      return { ...page, items: page.items.map(activityOf) }
    }),
    explainPasscode: route(e.explainPasscode, async ({ params, body, context }) => {
      const { said, findings } = await explainPasscodeFor(services, context, {
        user: params.userId,
        passcode: body.passcode,
      })
      const sentences = said.map((one) => ({ ...one, facts: { ...one.facts } }))
      return { sentences, findings: findings.map((one) => ({ ...one })) }
    }),
  }
}
