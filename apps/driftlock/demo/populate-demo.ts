import { randomBytes } from 'node:crypto'
import {
  type AdministrationContext,
  changeSetting,
  createAgent,
  createRadiusClient,
  createSecurityDomain,
  GLOBAL_SCOPE,
  INTERNAL_IDENTITY_SOURCE_ID,
  type ManagedUser,
  type PasswordRecord,
  ROOT_SECURITY_DOMAIN_ID,
  setPolicy,
  uniqueId,
} from '@driftlock/application'
import { INITIAL_POLICIES, NO_GUESSES, type UnixMs } from '@driftlock/domain'
import { argon2Hasher } from '@driftlock/http'
import type { Instance } from '../instance/open-instance.ts'
import { DEMO_DOMAINS, DEMO_PEOPLE, type DemoDomain, type DemoPerson, plainPeople } from './demo-people.ts'
import type { DemoAdministrator, DemoFacts, DemoReport, DemoUser } from './demo-report.ts'
import { makeDemoToken } from './make-demo-token.ts'
import { stockDrawer } from './stock-drawer.ts'

/** Everything about a demo but where it listens. */
export interface Population
  extends Pick<DemoReport, 'agent' | 'administrators' | 'users' | 'spares'>,
    Omit<DemoFacts, 'report'> {
  readonly radiusSecret: string
}

/** Rows written in one transaction. */
const CHUNK = 500
const FIRST_SERIAL = 300_000_100

const CONTEXT: AdministrationContext = {
  authority: { type: 'command' },
  actor: { type: 'command', id: 'demo', name: 'driftlock demo' },
}

/** Fills an empty instance: domains with policies of their own, people with tokens, administrators, an agent, a RADIUS client. */
export async function populateDemo(instance: Instance, plainUsers: number): Promise<Population> {
  const { administration } = instance
  const domains = await makeDomains(instance)
  const password = `demo-${randomBytes(6).toString('hex')}`
  // One hash for all: every one takes a tenth of a second on purpose.
  const hash = await argon2Hasher().hash(password)
  const people = [...DEMO_PEOPLE, ...plainPeople(plainUsers)]
  const made = await makePeople(instance, { people, domains, password, hash })
  const agentRequest = { name: 'demo.agent', kind: 'standard', securityDomainId: ROOT_SECURITY_DOMAIN_ID }
  const { clientKey } = await createAgent(administration, CONTEXT, agentRequest)
  const radiusSecret = randomBytes(16).toString('hex')
  await createRadiusClient(administration, CONTEXT, {
    name: 'demo.vpn',
    network: '127.0.0.0/8',
    secret: radiusSecret,
    securityDomainId: ROOT_SECURITY_DOMAIN_ID,
  })
  await openSelfService(instance)
  await instance.store.analyse()
  return {
    agent: { clientId: agentRequest.name, clientKey },
    radiusSecret,
    administrators: DEMO_PEOPLE.filter(({ role }) => role !== undefined).map((person) =>
      administratorOf(person, made.users),
    ),
    users: made.users,
    spares: await stockDrawer(instance, domains),
    people: DEMO_PEOPLE.map(({ username, firstName, lastName, domain, role = '' }) => ({
      username,
      name: `${firstName} ${lastName}`,
      domain,
      role,
    })),
    emergencyCodes: made.emergencyCodes,
  }
}

/** Seed 002: the features and the emergency access that a deployment switches on for its users. */
async function openSelfService({ administration }: Instance): Promise<void> {
  const switches = [
    'features.provisioning',
    'features.log_on_section',
    'features.troubleshooting_links',
    'features.temporarily_unavailable',
    'features.permanently_lost',
    'features.forgot_pin',
    'emergency.allowed',
  ]
  for (const name of switches) {
    await changeSetting(administration, CONTEXT, { key: `self_service.${name}`, value: 'true', scope: GLOBAL_SCOPE })
  }
}

function administratorOf({ username }: DemoPerson, users: readonly DemoUser[]): DemoAdministrator {
  const user = users.find((one) => one.username === username)
  const [token] = user?.tokens ?? []
  return { username, password: user?.password ?? '', pin: token?.pin ?? '', serial: token?.serial ?? '' }
}

type DomainIds = ReadonlyMap<DemoDomain, string>

/** Contractors get PINs that the system makes; the others choose their own. */
async function makeDomains({ administration }: Instance): Promise<DomainIds> {
  const ids = new Map<DemoDomain, string>()
  for (const name of DEMO_DOMAINS) {
    const domain = await createSecurityDomain(administration, CONTEXT, { name, parentId: ROOT_SECURITY_DOMAIN_ID })
    ids.set(name, domain.id)
  }
  const { pin } = INITIAL_POLICIES.token
  const value = { pin: { ...pin, creation: 'system' } } as const
  const securityDomainId = ids.get('Contractors') ?? ROOT_SECURITY_DOMAIN_ID
  await setPolicy(administration, CONTEXT, { kind: 'token', securityDomainId, value })
  return ids
}

interface PeopleOrder {
  readonly people: readonly DemoPerson[]
  readonly domains: DomainIds
  readonly password: string
  readonly hash: string
}

async function makePeople(instance: Instance, { people, domains, password, hash }: PeopleOrder) {
  const users: DemoUser[] = []
  const emergencyCodes: Record<string, readonly string[]> = {}
  const { store, clock } = instance
  const secret: PasswordRecord = { hash, changedAt: clock.now(), mustChange: false }
  let serial = FIRST_SERIAL
  for (let from = 0; from < people.length; from += CHUNK) {
    const drafts = people.slice(from, from + CHUNK).map((person) => {
      const now = clock.now()
      const securityDomainId = domains.get(person.domain) ?? ROOT_SECURITY_DOMAIN_ID
      const user = userOf(person, { id: uniqueId(instance), securityDomainId, now })
      const tokens = person.tokens.map((kind) => {
        const number = String(serial++).padStart(12, '0')
        const { state } = person
        return makeDemoToken(instance, { kind, serial: number, state, userId: user.user.id, securityDomainId, now })
      })
      users.push({ username: person.username, password, state: person.state, tokens: tokens.map(({ shown }) => shown) })
      const codes = tokens.flatMap((token) => token.emergencyCodes)
      if (codes.length > 0) emergencyCodes[person.username] = codes
      return { person, user, tokens }
    })
    await store.administration.transaction(async (tx) => {
      for (const { person, user, tokens } of drafts) {
        const { id: userId, securityDomainId } = user.user
        await tx.users.insert(user)
        await tx.users.setPassword(userId, secret)
        for (const { row } of tokens) await tx.tokens.insert(row)
        if (person.role === undefined) continue
        const { createdAt } = user
        const nothing = { setupCodeMac: null, setupCodeExpiresAt: null, lastLogOnAt: null }
        await tx.access.insertAdministrator({ userId, enabled: true, createdAt, version: 1, ...nothing })
        const scope = person.role === 'security-domain-admin' ? securityDomainId : ROOT_SECURITY_DOMAIN_ID
        const assignment = { userId, roleId: person.role, securityDomainId: scope, createdAt }
        await tx.access.assignRole({ id: uniqueId(instance), ...assignment })
      }
    })
  }
  return { users, emergencyCodes }
}

interface UserOrder {
  readonly id: string
  readonly securityDomainId: string
  readonly now: UnixMs
}

function userOf(
  { username, firstName, lastName, state }: DemoPerson,
  { id, securityDomainId, now }: UserOrder,
): ManagedUser {
  const locked = { ...NO_GUESSES, failedAt: Array<UnixMs>(5).fill(now), lockedAt: now }
  return {
    user: {
      id,
      username,
      securityDomainId,
      enabled: true,
      startsAt: null,
      expiresAt: null,
      version: 1,
      guesses: state === 'locked' ? locked : NO_GUESSES,
    },
    identitySourceId: INTERNAL_IDENTITY_SOURCE_ID,
    aliases: [],
    firstName,
    lastName,
    email: `${username}@example.com`,
    phone: '',
    notes: '',
    createdAt: now,
    updatedAt: now,
  }
}
