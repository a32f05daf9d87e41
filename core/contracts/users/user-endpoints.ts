import { z } from 'zod'
import { activityRecord } from '../activity/activity.ts'
import { endpoint, needs } from '../endpoint.ts'
import { countedPageOf, pageOf, pageQuery } from '../paging/page.ts'
import { nothing, secret } from '../values.ts'
import { explanation, userDashboard } from './user-dashboard.ts'
import { createUser, updateUser, userDetails, userParams, userQuery, userSummary } from './user.ts'

const params = userParams
const PATH = '/api/v1/users/{userId}'
const plainAct = { method: 'POST', params, response: userDetails } as const

export const userEndpoints = {
  listUsers: endpoint({
    method: 'GET',
    path: '/api/v1/users',
    summary: 'Search users',
    access: needs('view-users'),
    query: userQuery,
    response: countedPageOf(userSummary),
  }),
  createUser: endpoint({
    method: 'POST',
    path: '/api/v1/users',
    summary: 'Create a user',
    access: needs('create-user'),
    status: 201,
    body: createUser,
    response: userDetails,
  }),
  getUser: endpoint({
    method: 'GET',
    path: PATH,
    summary: 'One user',
    access: needs('view-users'),
    params,
    response: userDetails,
  }),
  updateUser: endpoint({
    method: 'PATCH',
    path: PATH,
    summary: 'Change a user',
    access: needs('update-user'),
    precondition: true,
    params,
    body: updateUser,
    response: userDetails,
  }),
  deleteUser: endpoint({
    method: 'DELETE',
    path: PATH,
    summary: 'Delete a user; the tokens are unassigned or deleted with them',
    access: needs('delete-user'),
    precondition: true,
    params,
    query: z.object({ tokens: z.enum(['unassign', 'delete']).default('unassign') }),
    response: z.object({ serials: z.array(z.string()) }),
  }),
  enableUser: endpoint({ ...plainAct, path: `${PATH}/enable`, summary: 'Enable a user', access: needs('enable-user') }),
  disableUser: endpoint({
    ...plainAct,
    path: `${PATH}/disable`,
    summary: 'Disable a user',
    access: needs('enable-user'),
  }),
  unlockUser: endpoint({
    ...plainAct,
    path: `${PATH}/unlock`,
    summary: 'Unlock a user and forget the failures',
    access: needs('unlock-user'),
  }),
  setUserPassword: endpoint({
    method: 'PUT',
    path: `${PATH}/password`,
    summary: 'Set the password for the consoles; the user must change it at the next log-on',
    access: needs('update-user'),
    status: 204,
    params,
    body: z.object({ password: secret.nullable().describe('null = no password any more') }),
    response: nothing,
  }),
  getUserDashboard: endpoint({
    method: 'GET',
    path: `${PATH}/dashboard`,
    summary: 'Everything the help desk needs of a user, in one answer',
    access: needs('view-users'),
    params,
    response: userDashboard,
  }),
  getUserActivity: endpoint({
    method: 'GET',
    path: `${PATH}/activity`,
    summary: 'What happened to a user and by whom, newest first',
    access: needs('view-activity'),
    params,
    query: pageQuery,
    response: pageOf(activityRecord),
  }),
  explainPasscode: endpoint({
    method: 'POST',
    path: `${PATH}/explain`,
    summary: 'Why did this passcode fail? Changes nothing; audited',
    access: needs('explain-passcode'),
    params,
    body: z.object({ passcode: secret }),
    response: explanation,
  }),
} as const
