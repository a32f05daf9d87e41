import {
  administratorContext,
  assignRole,
  assignToken,
  cachedPolicies,
  cancelJob,
  changeSetting,
  clearPin,
  clearPolicy,
  countUsers,
  createAgent,
  createApiKey,
  createRadiusClient,
  createSecurityDomain,
  createUser,
  deleteSecurityDomain,
  deleteUser,
  effectivePolicyOf,
  enqueueJob,
  exportAuditRecords,
  importTokens,
  installPredefinedRoles,
  isApplicationError,
  type JobRunner,
  listInstances,
  makeAdministrator,
  openedRadiusClients,
  pruneAuditRecords,
  recogniseAgent,
  registerInstance,
  reportCsvLine,
  revokeApiKey,
  revokeRole,
  runNextJob,
  runReport,
  searchTokens,
  searchUsers,
  setPolicy,
  updateSecurityDomain,
  useApiKey,
  useSetupCode,
  verifyAudit,
} from '@driftlock/application'
import { addMs, INITIAL_POLICIES } from '@driftlock/domain'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { administratorWith, COMMAND, type Deployment, openDeployment, totpList } from './testing/deployment.ts'

let deployment: Deployment

beforeEach(async () => {
  deployment = await openDeployment()
  await installPredefinedRoles(deployment.ports, COMMAND)
})
afterEach(() => deployment.close())

const refusedWith = (code: Parameters<typeof isApplicationError>[1]) => (error: unknown) =>
  isApplicationError(error, code)

async function domain(name: string, parentId = 'root'): Promise<string> {
  return (await createSecurityDomain(deployment.ports, COMMAND, { name, parentId })).id
}

async function user(username: string, securityDomainId = 'root'): Promise<string> {
  return (await createUser(deployment.ports, COMMAND, { username, securityDomainId })).user.id
}

async function administrator(username: string, roleId: string, securityDomainId = 'root') {
  const userId = await user(username)
  const { setupCode } = await makeAdministrator(deployment.ports, COMMAND, { user: username })
  const assignment = await assignRole(deployment.ports, COMMAND, { user: username, roleId, securityDomainId })
  const context = await administratorContext(deployment.ports, { userId })
  if (context === undefined) throw new Error('no context')
  return { userId, setupCode, assignment, context }
}

describe('policies', () => {
  it('merges what a domain sets over what it inherits, field by field, and says where it comes from', async () => {
    const { ports } = deployment
    const sales = await domain('Sales')
    const north = await domain('North', sales)
    await setPolicy(ports, COMMAND, { securityDomainId: 'root', kind: 'lockout', value: { maxFailures: 7 } })
    await setPolicy(ports, COMMAND, { securityDomainId: sales, kind: 'lockout', value: { withinSeconds: 600 } })
    const view = await effectivePolicyOf(ports, COMMAND, { securityDomainId: north, kind: 'lockout' })
    expect(view.policy).toEqual({ ...INITIAL_POLICIES.lockout, maxFailures: 7, withinSeconds: 600 })
    expect(view.from).toEqual({ type: 'domain', domainId: sales })
    await clearPolicy(ports, COMMAND, { securityDomainId: 'root', kind: 'lockout' })
    const cleared = await effectivePolicyOf(ports, COMMAND, { securityDomainId: north, kind: 'lockout' })
    expect(cleared.policy).toEqual({ ...INITIAL_POLICIES.lockout, withinSeconds: 600 })
  })

  it('refuses what would make the policy of a domain below contradict itself', async () => {
    const { ports } = deployment
    const sales = await domain('Sales')
    const delays = { response: 'both', delayAfterFailures: 4 } as const
    await setPolicy(ports, COMMAND, { securityDomainId: sales, kind: 'lockout', value: delays })
    await expect(
      setPolicy(ports, COMMAND, { securityDomainId: 'root', kind: 'lockout', value: { maxFailures: 4 } }),
    ).rejects.toSatisfy(refusedWith('INVALID_INPUT'))
  })

  it('answers log-ons from memory and follows a change at the very next one', async () => {
    const { ports } = deployment
    const { read } = ports.administration
    const policies = cachedPolicies(read)
    const before = await policies.policiesAt(await read.configuration.version(), 'root')
    expect(before.lockout.maxFailures).toBe(5)
    const old = await read.configuration.version()
    await setPolicy(ports, COMMAND, { securityDomainId: 'root', kind: 'lockout', value: { maxFailures: 9 } })
    expect(await policies.policiesAt(old, 'root')).toBe(before)
    const after = await policies.policiesAt(await read.configuration.version(), 'root')
    expect(after.lockout.maxFailures).toBe(9)
  })
})

describe('users who are locked', () => {
  const found = async (locked: boolean, within?: string) => {
    const request = { filter: { locked }, limit: 9, ...(within !== undefined && { within }) }
    const { items } = await searchUsers(deployment.ports, COMMAND, request)
    const { count } = await countUsers(deployment.ports, COMMAND, { ...request, bound: 9 })
    expect(count).toBe(items.length)
    return items.map((one) => one.user.username)
  }
  const reported = async () => {
    const rows = await Array.fromAsync(runReport(deployment.ports, COMMAND, { report: 'locked-users' }))
    return rows.map(([username]) => username)
  }
  async function lockOut(username: string, securityDomainId = 'root') {
    const made = await createUser(deployment.ports, COMMAND, { username, securityDomainId })
    const { id, version, guesses } = made.user
    const locked = { ...guesses, lockedAt: deployment.clock.now() }
    await deployment.ports.administration.transaction((tx) => tx.users.updateGuesses(id, version, locked))
  }

  it('are found, counted and reported by the policy of their domain: a lock that ended by itself is none', async () => {
    const { ports, clock } = deployment
    const sales = await domain('Sales')
    const lockout = (securityDomainId: string, unlockAfterSeconds: number | null) =>
      setPolicy(ports, COMMAND, { securityDomainId, kind: 'lockout', value: { unlockAfterSeconds } })
    await lockout(sales, 600)
    await user('free')
    await lockOut('central')
    await lockOut('north', await domain('North', sales))
    expect(await found(true)).toEqual(['central', 'north'])
    expect(await found(false)).toEqual(['free'])
    clock.advanceMs(599_999)
    expect(await found(true)).toEqual(['central', 'north'])
    clock.advanceMs(1)
    expect([await found(true), await found(false)]).toEqual([['central'], ['free', 'north']])
    expect([await found(true, sales), await found(false, sales)]).toEqual([[], ['north']])
    expect(await reported()).toEqual(['central'])
    await lockout('root', 60)
    expect([await found(true), await reported()]).toEqual([[], []])
    await lockout(sales, null)
    expect([await found(true), await found(false)]).toEqual([['north'], ['central', 'free']])
  })
})

describe('scopes', () => {
  it('shows an administrator what lies in their scope and nothing else', async () => {
    const sales = await domain('Sales')
    await user('ada', await domain('North', sales))
    await user('eve')
    const { items } = await searchUsers(deployment.ports, administratorWith('help-desk', [sales]), {
      filter: {},
      limit: 9,
    })
    expect(items.map((one) => one.user.username)).toEqual(['ada'])
  })

  it('keeps the help desk from acting on somebody mightier', async () => {
    const { ports } = deployment
    const list = { source: totpList(['T1']), format: 'csv', securityDomainId: 'root', duplicates: 'refuse' } as const
    await importTokens(ports, COMMAND, { ...list, origin: 'list.csv' })
    await administrator('root', 'super-admin')
    await assignToken(ports, COMMAND, { token: 'T1', user: 'root' })
    await expect(clearPin(ports, administratorWith('privileged-help-desk'), { token: 'T1' })).rejects.toSatisfy(
      refusedWith('MORE_THAN_HELD'),
    )
  })

  it('lets nobody give a role that holds more than they have', async () => {
    const { context } = await administrator('sam', 'security-domain-admin', await domain('Sales'))
    await user('eve')
    await makeAdministrator(deployment.ports, COMMAND, { user: 'eve' })
    const request = { user: 'eve', roleId: 'super-admin', securityDomainId: 'root' }
    await expect(assignRole(deployment.ports, context, request)).rejects.toSatisfy(refusedWith('NOT_AUTHORISED'))
  })

  it('keeps the last super administrator', async () => {
    const { assignment } = await administrator('root', 'super-admin')
    const { ports } = deployment
    await expect(revokeRole(ports, COMMAND, { assignmentId: assignment.id })).rejects.toSatisfy(
      refusedWith('LAST_SUPER_ADMINISTRATOR'),
    )
    await expect(deleteUser(ports, COMMAND, { user: 'root', tokens: 'delete' })).rejects.toSatisfy(
      refusedWith('LAST_SUPER_ADMINISTRATOR'),
    )
    const second = await administrator('second', 'super-admin')
    await revokeRole(ports, second.context, { assignmentId: assignment.id })
    const context = await administratorContext(ports, { userId: assignment.userId })
    await expect(searchTokens(ports, context ?? COMMAND, { filter: {}, limit: 1 })).rejects.toSatisfy(
      refusedWith('NOT_AUTHORISED'),
    )
  })

  it('refuses a tree that would bite its tail, and the deletion of a domain in use', async () => {
    const { ports } = deployment
    const sales = await domain('Sales')
    const north = await domain('North', sales)
    await expect(updateSecurityDomain(ports, COMMAND, { securityDomainId: sales, parentId: north })).rejects.toSatisfy(
      refusedWith('INVALID_INPUT'),
    )
    await expect(deleteSecurityDomain(ports, COMMAND, { securityDomainId: sales })).rejects.toSatisfy(
      refusedWith('IN_USE'),
    )
    await deleteSecurityDomain(ports, COMMAND, { securityDomainId: north })
  })
})

describe('secrets shown once', () => {
  it('spends a set-up code and refuses it the second time', async () => {
    const { setupCode } = await administrator('root', 'super-admin')
    const request = { user: 'root', setupCode, password: 'correct horse battery' }
    await useSetupCode(deployment.ports, COMMAND, request)
    await expect(useSetupCode(deployment.ports, COMMAND, request)).rejects.toSatisfy(refusedWith('NOT_AUTHORISED'))
  })

  it('lets an API key in until it is revoked or expires', async () => {
    const { ports, clock } = deployment
    await administrator('root', 'super-admin')
    const expiresAt = addMs(ports.clock.now(), 3_600_000)
    const request = { name: 'script', user: 'root', permissions: ['view-users'] as const }
    const forever = await createApiKey(ports, COMMAND, { ...request, expiresAt: null })
    const short = await createApiKey(ports, COMMAND, { ...request, expiresAt })
    expect(await useApiKey(ports, `${forever.apiKey}0`)).toBeUndefined()
    const context = await useApiKey(ports, short.apiKey)
    expect(context?.authority).toMatchObject({ narrowedTo: ['view-users'] })
    clock.advanceMs(3_600_001)
    expect(await useApiKey(ports, short.apiKey)).toBeUndefined()
    expect(await useApiKey(ports, forever.apiKey)).toBeDefined()
    await revokeApiKey(ports, COMMAND, { id: forever.id })
    expect(await useApiKey(ports, forever.apiKey)).toBeUndefined()
  })

  it('knows an agent by its client key, and opens RADIUS secrets for the listener only', async () => {
    const { ports } = deployment
    const { clientKey } = await createAgent(ports, COMMAND, { name: 'vpn', kind: 'web', securityDomainId: 'root' })
    expect(await recogniseAgent(ports, { clientId: 'vpn', clientKey })).toMatchObject({ name: 'vpn' })
    expect(await recogniseAgent(ports, { clientId: 'vpn', clientKey: 'f'.repeat(64) })).toBeUndefined()
    const secret = 'größer als alles andere'
    await createRadiusClient(ports, COMMAND, { name: 'gate', network: '192.0.2.1', secret, securityDomainId: 'root' })
    expect(await openedRadiusClients(ports)).toMatchObject([{ name: 'gate', sharedSecret: secret }])
  })
})

describe('work behind the scenes', () => {
  const at = (instanceId: string, runner: JobRunner) => ({
    ...deployment.ports,
    instanceId,
    runners: { 'discard-left-overs': runner },
  })

  async function instances(): Promise<readonly [string, string]> {
    const more = { role: 'serve', version: '1', address: '' }
    const one = await registerInstance(deployment.ports, COMMAND, { name: 'one', ...more })
    const two = await registerInstance(deployment.ports, COMMAND, { name: 'two', ...more })
    return [one.id, two.id]
  }

  it('goes on from the checkpoint on another instance when the holder of a job dies', async () => {
    const [one, two] = await instances()
    await enqueueJob(deployment.ports, COMMAND, { kind: 'discard-left-overs' })
    const dies: JobRunner = async function* () {
      yield { checkpoint: { after: 'b' }, doneCount: 2, totalCount: 4 }
      await new Promise(() => undefined)
      return null
    }
    void runNextJob(at(one, dies))
    const jobs = async () => (await deployment.ports.operations.jobs.list({}, { limit: 9 })).items
    await vi.waitUntil(async () => (await jobs()).some(({ doneCount }) => doneCount === 2))
    const seen: unknown[] = []
    const resumes: JobRunner = async function* ({ checkpoint }) {
      seen.push(checkpoint)
      yield { checkpoint: { after: 'd' }, doneCount: 4, totalCount: 4 }
      return { copied: 4 }
    }
    expect(await runNextJob(at(two, resumes))).toBeUndefined()
    deployment.clock.advanceMs(60_001)
    const done = { status: 'succeeded', doneCount: 4, result: { copied: 4 } }
    expect(await runNextJob(at(two, resumes))).toMatchObject(done)
    expect(seen).toEqual([{ after: 'b' }])
  })

  it('stops a cancelled job at its next checkpoint', async () => {
    const [one] = await instances()
    const { id } = await enqueueJob(deployment.ports, COMMAND, { kind: 'discard-left-overs' })
    const endless: JobRunner = async function* () {
      for (let doneCount = 1; ; doneCount++) {
        if (doneCount === 3) await cancelJob(deployment.ports, COMMAND, { id })
        yield { checkpoint: null, doneCount, totalCount: null }
      }
    }
    expect(await runNextJob(at(one, endless))).toMatchObject({ status: 'cancelled', doneCount: 3 })
  })

  it('says which instance fell silent', async () => {
    await instances()
    deployment.clock.advanceMs(30_001)
    const views = await listInstances(deployment.ports, COMMAND)
    expect(views.map(({ state }) => state)).toEqual(['lost', 'lost'])
  })
})

describe('reading in bulk', () => {
  it('makes cells harmless in reports and in audit exports', async () => {
    await user('=1+1')
    const lines: string[] = []
    for await (const row of runReport(deployment.ports, COMMAND, { report: 'all-users' }))
      lines.push(reportCsvLine(row))
    expect(lines[0]).toMatch(/^"'=1\+1"/)
    const parts: string[] = []
    for await (const part of exportAuditRecords(deployment.ports, COMMAND, { filter: {}, format: 'csv' }))
      parts.push(part)
    expect(parts.join('')).toContain(`"'=1+1"`)
  })
})

it('refuses a setting nobody knows, a wrong value, and a scope it cannot have', async () => {
  const change = (key: string, value: string, scope: string) =>
    changeSetting(deployment.ports, COMMAND, { key, value, scope })
  await change('auth_manager.cas.authentication.ha.seed_sync.marker_time', '0', 'GLOBAL')
  await expect(change('auth_manager.unknown', '0', 'GLOBAL')).rejects.toSatisfy(refusedWith('INVALID_INPUT'))
  await expect(change('auth_manager.tokens.max_per_user', '99', 'GLOBAL')).rejects.toSatisfy(
    refusedWith('INVALID_INPUT'),
  )
  await expect(change('auth_manager.tokens.max_per_user', '4', 'one')).rejects.toSatisfy(refusedWith('INVALID_INPUT'))
})

it('prunes old records so that the chain stays provable', async () => {
  const { ports, clock } = deployment
  for (const name of ['ada', 'eve', 'sam']) await user(name)
  clock.advanceMs(1000)
  const progress = await Array.fromAsync(pruneAuditRecords(ports, COMMAND, { before: ports.clock.now() }))
  expect(progress).toMatchObject([{ pruned: 3 }])
  const [report] = await Array.fromAsync(verifyAudit(ports, COMMAND))
  expect(report).toMatchObject({ records: 4, pruned: 3, unsigned: 0 })
  expect(report).not.toHaveProperty('fault')
})
