import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import * as application from '@driftlock/application'
import {
  type AdministrationContext,
  assignRole,
  assignToken,
  createAgent,
  createApiKey,
  createRadiusClient,
  createUser,
  enqueueJob,
  importTokens,
  installPredefinedRoles,
  isApplicationError,
  makeAdministrator,
} from '@driftlock/application'
import { unixMs } from '@driftlock/domain'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  administratorWith,
  COMMAND,
  type Deployment,
  openDeployment,
  ownerContext,
  totpList,
} from './testing/deployment.ts'
import { FakeCloud } from './testing/fake-cloud.ts'

let deployment: Deployment
const ids = { user: '', assignment: '', apiKey: '', agent: 'vpn', radiusClient: '', job: '', record: '' }

beforeAll(async () => {
  deployment = await openDeployment()
  const { ports } = deployment
  const file = {
    source: totpList(['T1', 'T2']),
    format: 'csv',
    securityDomainId: 'root',
    duplicates: 'refuse',
  } as const
  await importTokens(ports, COMMAND, { ...file, origin: 'list.csv' })
  ids.user = (await createUser(ports, COMMAND, { username: 'ada', securityDomainId: 'root' })).user.id
  await assignToken(ports, COMMAND, { token: 'T1', user: 'ada' })
  await installPredefinedRoles(ports, COMMAND)
  await makeAdministrator(ports, COMMAND, { user: 'ada' })
  const role = { user: 'ada', roleId: 'help-desk', securityDomainId: 'root' }
  ids.assignment = (await assignRole(ports, COMMAND, role)).id
  ids.apiKey = (await createApiKey(ports, COMMAND, { name: 'k', user: 'ada', permissions: [], expiresAt: null })).id
  await createAgent(ports, COMMAND, { name: 'vpn', kind: 'web', securityDomainId: 'root' })
  const client = { name: 'gate', network: '192.0.2.1', secret: 's'.repeat(16), securityDomainId: 'root' }
  ids.radiusClient = (await createRadiusClient(ports, COMMAND, client)).id
  ids.job = (await enqueueJob(ports, COMMAND, { kind: 'discard-left-overs' })).id
  const { items } = await ports.administration.read.auditLog.search({}, { limit: 1 })
  ids.record = items[0]?.entry.id ?? ''
})
afterAll(() => deployment.close())

type Call = (context: AdministrationContext, at: Deployment) => Promise<unknown>

const page = { limit: 10 }
const token = { token: 'T1' }
const user = { user: 'ada' }
const proof = {} as Parameters<typeof application.verifyAudit>[0]['proof'] // never reached
const signer = {} as Parameters<typeof application.pruneAuditRecords>[0]['signer'] // never reached
const drained = async (rows: AsyncGenerator): Promise<void> => {
  for await (const _row of rows) continue
}
const settings = {
  method: { type: 'temporary-fixed' },
  expiresAt: null,
  ifTokenBecomesAvailable: 'deny',
} as const
const entry = { type: 'passcode', passcode: '1' } as const
const otpauth = { type: 'otpauth', issuer: 'Example' } as const

const haOf = ({ ports }: Deployment): application.HaPorts => ({
  ...ports,
  cloud: new FakeCloud().service(),
  instanceName: 'one',
})

/** Every use case of administration, called as it would be with a right to. */
const CALLS: Readonly<Record<string, Call>> = {
  assignRole: (c, { ports }) =>
    application.assignRole(ports, c, { ...user, roleId: 'help-desk', securityDomainId: 'root' }),
  connectCloud: (c, at) =>
    application.connectCloud(haOf(at), c, {
      registrationCode: 'c',
      url: 'https://cloud.example',
      deploymentName: 'am',
    }),
  disconnectCloud: (c, at) => application.disconnectCloud(haOf(at), c),
  haStatus: (c, at) => application.haStatus(haOf(at), c),
  listRecords: (c, at) => application.listRecords(haOf(at), c, { ...page, filter: {} }),
  listSyncRuns: (c, at) => application.listSyncRuns(haOf(at), c, page),
  previewResync: (c, at) => application.previewResync(haOf(at), c),
  probeCloud: (c, at) => application.probeCloud(haOf(at), c),
  requestResync: (c, at) => application.requestResync(haOf(at), c),
  resyncUser: (c, at) => application.resyncUser(haOf(at), c, user),
  rotateCloudKeys: (c, at) => application.rotateCloudKeys(haOf(at), c),
  synchroniseNow: (c, at) => application.synchroniseNow(haOf(at), c, { trigger: 'command' }),
  assignToken: (c, { ports }) => application.assignToken(ports, c, { token: 'T2', user: 'ada' }),
  cancelJob: (c, { ports }) => application.cancelJob(ports, c, { id: ids.job }),
  changeSetting: (c, { ports }) => application.changeSetting(ports, c, { key: 'x', value: '1', scope: 'GLOBAL' }),
  clearPin: (c, { ports }) => application.clearPin(ports, c, token),
  clearPolicy: (c, { ports }) => application.clearPolicy(ports, c, { securityDomainId: 'root', kind: 'token' }),
  countTokens: (c, { ports }) => application.countTokens(ports, c, { filter: {}, bound: 10 }),
  countUsers: (c, { ports }) => application.countUsers(ports, c, { filter: {}, bound: 10 }),
  createAgent: (c, { ports }) =>
    application.createAgent(ports, c, { name: 'a', kind: 'web', securityDomainId: 'root' }),
  createApiKey: (c, { ports }) =>
    application.createApiKey(ports, c, { ...user, name: 'k', permissions: [], expiresAt: null }),
  createRadiusClient: (c, { ports }) =>
    application.createRadiusClient(ports, c, {
      name: 'r',
      network: '192.0.2.2',
      secret: 'x',
      securityDomainId: 'root',
    }),
  createSecurityDomain: (c, { ports }) =>
    application.createSecurityDomain(ports, c, { name: 'Sales', parentId: 'root' }),
  createUser: (c, { ports }) => application.createUser(ports, c, { username: 'eve', securityDomainId: 'root' }),
  deleteAgent: (c, { ports }) => application.deleteAgent(ports, c, { agent: 'vpn' }),
  deleteRadiusClient: (c, { ports }) => application.deleteRadiusClient(ports, c, { id: ids.radiusClient }),
  deleteSecurityDomain: (c, { ports }) => application.deleteSecurityDomain(ports, c, { securityDomainId: 'root' }),
  deleteToken: (c, { ports }) => application.deleteToken(ports, c, token),
  deleteUser: (c, { ports }) => application.deleteUser(ports, c, { ...user, tokens: 'unassign' }),
  disableToken: (c, { ports }) => application.disableToken(ports, c, token),
  distributeToken: (c, { ports }) => application.distributeToken(ports, c, { ...token, method: otpauth }),
  effectivePolicyOf: (c, { ports }) =>
    application.effectivePolicyOf(ports, c, { securityDomainId: 'root', kind: 'token' }),
  emergencyAccessOfToken: (c, { ports }) => application.emergencyAccessOfToken(ports, c, token),
  enableCodeFor: (c, { ports }) => application.enableCodeFor(ports, c, token),
  enableToken: (c, { ports }) => application.enableToken(ports, c, token),
  endEmergencyAccess: (c, { ports }) => application.endEmergencyAccess(ports, c, token),
  enqueueJob: (c, { ports }) => application.enqueueJob(ports, c, { kind: 'discard-left-overs' }),
  expireToken: (c, { ports }) => application.expireToken(ports, c, token),
  explainAttempt: (c, { ports }) => application.explainAttempt(ports, c, { recordId: ids.record }),
  explainPasscodeFor: (c, { ports }) => application.explainPasscodeFor(ports, c, { ...user, passcode: '123456' }),
  exportAuditRecords: (c, { ports }) =>
    drained(application.exportAuditRecords(ports, c, { filter: {}, format: 'csv' })),
  forceNewPin: (c, { ports }) => application.forceNewPin(ports, c, token),
  importTokens: (c, { ports }) =>
    application.importTokens(ports, c, {
      source: totpList(['T9']),
      format: 'csv',
      securityDomainId: 'root',
      duplicates: 'refuse',
      origin: 'x',
    }),
  installPredefinedRoles: (c, { ports }) => application.installPredefinedRoles(ports, c),
  listAdministrators: (c, { ports }) => application.listAdministrators(ports, c),
  listAgents: (c, { ports }) => application.listAgents(ports, c, page),
  listApiKeys: (c, { ports }) => application.listApiKeys(ports, c),
  listInstances: (c, { ports }) => application.listInstances(ports, c),
  listJobs: (c, { ports }) => application.listJobs(ports, c, page),
  listRadiusClients: (c, { ports }) => application.listRadiusClients(ports, c, page),
  listRoles: (c, { ports }) => application.listRoles(ports, c),
  listSecurityDomains: (c, { ports }) => application.listSecurityDomains(ports, c),
  listSettings: (c, { ports }) => application.listSettings(ports, c),
  logOnsOverTime: (c, { ports }) =>
    application.logOnsOverTime(ports, c, { from: unixMs(0), before: unixMs(1), slotMs: 1 }),
  makeAdministrator: (c, { ports }) => application.makeAdministrator(ports, c, user),
  markTokenLost: (c, { ports }) => application.markTokenLost(ports, c, { ...token, lost: true }),
  permissionsOf: (c, { ports }) => application.permissionsOf(ports, c, user),
  proposeEmergencyAccess: (c, { ports }) => application.proposeEmergencyAccess(ports, c, { ...token, settings }),
  pruneAuditRecords: (c, { ports }) =>
    drained(application.pruneAuditRecords({ ...ports, proof, signer }, c, { before: unixMs(0) })),
  recentActivityOf: (c, { ports }) => application.recentActivityOf(ports, c, { ...user, ...page }),
  redistributeTokens: (c, { ports }) =>
    application.redistributeTokens(ports, c, { tokens: ['T1'], confirmedCount: 1, method: otpauth }),
  registerInstance: (c, { ports }) =>
    application.registerInstance(ports, c, { name: 'i', role: 'serve', version: '1', address: '' }),
  replaceToken: (c, { ports }) => application.replaceToken(ports, c, token),
  resynchroniseToken: (c, { ports }) => application.resynchroniseToken(ports, c, { ...token, first: '1', second: '2' }),
  revokeApiKey: (c, { ports }) => application.revokeApiKey(ports, c, { id: ids.apiKey }),
  revokeRole: (c, { ports }) => application.revokeRole(ports, c, { assignmentId: ids.assignment }),
  runReport: (c, { ports }) => drained(application.runReport(ports, c, { report: 'all-users' })),
  saveEmergencyAccess: (c, { ports }) => application.saveEmergencyAccess(ports, c, { ...token, sealedProposal: 'x' }),
  deleteRole: (c, { ports }) => application.deleteRole(ports, c, { roleId: 'help-desk' }),
  saveRole: (c, { ports }) => application.saveRole(ports, c, { name: 'R', permissions: [] }),
  searchAudit: (c, { ports }) => application.searchAudit(ports, c, { filter: {}, ...page }),
  searchTokens: (c, { ports }) => application.searchTokens(ports, c, { filter: {}, ...page }),
  searchUsers: (c, { ports }) => application.searchUsers(ports, c, { filter: {}, ...page }),
  setPassword: (c, { ports }) =>
    application.setPassword(ports, c, { ...user, password: 'correct horse battery', mustChange: false }),
  setPin: (c, { ports }) => application.setPin(ports, c, { ...token, pin: '4938' }),
  setPolicy: (c, { ports }) => application.setPolicy(ports, c, { securityDomainId: 'root', kind: 'token', value: {} }),
  settleReplacement: (c, { ports }) => application.settleReplacement(ports, c, user),
  showToken: (c, { ports }) => application.showToken(ports, c, token),
  showUser: (c, { ports }) => application.showUser(ports, c, user),
  stopInstance: (c, { ports }) => application.stopInstance(ports, c, { id: 'i', name: 'i' }),
  unassignToken: (c, { ports }) => application.unassignToken(ports, c, token),
  undoRedistribution: (c, { ports }) => application.undoRedistribution(ports, c, token),
  unlockUser: (c, { ports }) => application.unlockUser(ports, c, user),
  updateAgent: (c, { ports }) => application.updateAgent(ports, c, { agent: 'vpn', notes: 'x' }),
  updateRadiusClient: (c, { ports }) => application.updateRadiusClient(ports, c, { id: ids.radiusClient, notes: 'x' }),
  updateSecurityDomain: (c, { ports }) =>
    application.updateSecurityDomain(ports, c, { securityDomainId: 'root', notes: 'x' }),
  updateToken: (c, { ports }) => application.updateToken(ports, c, { ...token, notes: 'x' }),
  updateUser: (c, { ports }) => application.updateUser(ports, c, { ...user, notes: 'x' }),
  useSetupCode: (c, { ports }) =>
    application.useSetupCode(ports, c, { ...user, setupCode: 'wrong', password: 'correct horse battery' }),
  verifyAudit: (c, { ports }) => drained(application.verifyAudit({ ...ports, proof }, c)),
  viewRadiusActivity: (c, { ports }) => application.viewRadiusActivity(ports, c),
}

/** What a user does with what is theirs. */
const OWN_CALLS: Readonly<Record<string, Call>> = {
  changeMyPin: (c, { ports }) => application.changeMyPin(ports, c, { ...token, currentPin: null, newPin: '4938' }),
  enableMyToken: (c, { ports }) => application.enableMyToken(ports, c, { ...token, enableCode: 'x' }),
  getEmergencyCodes: (c, { ports }) => application.getEmergencyCodes(ports, c, { ...token, trouble: 'temporary' }),
  myHistory: (c, { ports }) => application.myHistory(ports, c, { userId: ids.user, ...page }),
  myTokens: (c, { ports }) => application.myTokens(ports, c, { userId: ids.user }),
  resynchroniseMyToken: (c, { ports }) =>
    application.resynchroniseMyToken(ports, c, { ...token, first: '1', second: '2' }),
  testAuthentication: (c, { ports, logins }) =>
    application.testAuthentication({ ...logins, ...ports }, c, { userId: ids.user, entry }),
}

/** Functions of the use cases' folders that act for the program itself, or only compute. Each says why it needs no right. */
const NOT_FOR_PEOPLE: Readonly<Record<string, string>> = {
  administratorContext: 'makes the context',
  appCodeCheck: 'is a port',
  connectionKeysContext: 'computes',
  clearExpired: 'the instance itself',
  haAlarm: 'the instance itself',
  radiusSecretSuspicion: 'reads for other use cases and the doctor',
  reportSteps: 'the instance itself',
  runSyncOnce: 'the instance itself',
  synchroniseWhenDue: 'the instance itself',
  auditCsvHeader: 'computes',
  canonicalJson: 'computes',
  isFault: 'computes',
  pruneAudit: 'behind pruneAuditRecords, and for jobs',
  signCheckpoint: 'the instance itself',
  verifyChains: 'behind verifyAudit, and for whoever holds the keys of a cloud',
  standAt: 'computes',
  startOfChain: 'computes',
  utcText: 'computes',
  verifyChain: 'computes',
  walk: 'computes',
  auditCsvLine: 'computes',
  auditJsonLine: 'computes',
  cachedPolicies: 'is a port',
  csvCell: 'computes',
  emergencyCodesText: 'computes',
  emergencyStatus: 'computes',
  heartbeat: 'the instance itself',
  openedRadiusClients: 'the listener itself',
  policiesInForce: 'computes',
  wholePolicies: 'computes',
  detectImportFormat: 'computes',
  sampled: 'computes',
  policyGround: 'reads for the authoriser’s callers',
  radiusSecretContext: 'computes',
  recogniseAgent: 'the key is the right',
  replacedTokens: 'computes',
  reportCsvLine: 'computes',
  runNextJob: 'the instance itself',
  settingInForce: 'reads for other use cases',
  shownToOwner: 'computes',
  superAdministrators: 'reads for other use cases',
  useApiKey: 'the key is the right',
  userFilterNow: 'reads for the authoriser’s callers',
  withLease: 'the instance itself',
}

const FOLDERS = [
  'administrators',
  'agents',
  'audit',
  'distribution',
  'domains',
  'emergency',
  'explain',
  'high-availability',
  'instances',
  'jobs',
  'pins',
  'policies',
  'radius-clients',
  'reports',
  'self-service',
  'settings',
  'tokens',
  'users',
]

async function exportedFunctions(): Promise<readonly string[]> {
  const root = join(import.meta.dirname, '../../core/application')
  const names: string[] = []
  for (const folder of FOLDERS) {
    for (const file of await readdir(join(root, folder))) {
      if (!file.endsWith('.ts') || file.endsWith('.test.ts')) continue
      const module: Readonly<Record<string, unknown>> = await import(join(root, folder, file))
      names.push(...Object.keys(module).filter((name) => typeof module[name] === 'function'))
    }
  }
  const exported: Readonly<Record<string, unknown>> = application
  return names.filter((name) => name in exported)
}

it('knows every use case there is: a new one is added here or says why it needs no right', async () => {
  const known = { ...CALLS, ...OWN_CALLS, ...NOT_FOR_PEOPLE }
  expect((await exportedFunctions()).filter((name) => !(name in known))).toEqual([])
})

async function refusalOf(call: Call, context: AdministrationContext): Promise<string> {
  try {
    await call(context, deployment)
    return 'allowed'
  } catch (error) {
    if (isApplicationError(error, 'NOT_AUTHORISED')) return error.code
    throw error
  }
}

describe('administration', () => {
  it.each(Object.entries(CALLS))('refuses %s to an administrator without a role', async (_name, call) => {
    expect(await refusalOf(call, administratorWith())).toBe('NOT_AUTHORISED')
  })

  it.each(Object.entries(CALLS))('refuses %s to a user of the Self-Service Console', async (_name, call) => {
    expect(await refusalOf(call, ownerContext(ids.user))).toBe('NOT_AUTHORISED')
  })

  it('refuses what an API key was not made for, whatever its owner may', async () => {
    const context = administratorWith('super-admin')
    const authority = { ...context.authority, narrowedTo: ['view-users'] } as AdministrationContext['authority']
    expect(await refusalOf(CALLS['deleteToken'] as Call, { ...context, authority })).toBe('NOT_AUTHORISED')
  })
})

describe('self-service', () => {
  it.each(Object.entries(OWN_CALLS))('refuses %s to another user', async (_name, call) => {
    expect(await refusalOf(call, ownerContext('somebody else'))).toBe('NOT_AUTHORISED')
  })

  it.each(Object.entries(OWN_CALLS))(
    'refuses %s to an administrator, who has use cases of their own',
    async (_n, call) => {
      expect(await refusalOf(call, administratorWith('super-admin'))).toBe('NOT_AUTHORISED')
    },
  )
})
