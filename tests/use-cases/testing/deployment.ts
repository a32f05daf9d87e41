import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type AdministrationContext,
  type AdministrationPorts,
  type AuditProof,
  type AuthenticationPorts,
  cachedPolicies,
  type CheckpointSigner,
  type ClockGuard,
  type PasswordHasher,
} from '@driftlock/application'
import { type Administrator, codeSource, PREDEFINED_ROLES, type PredefinedRoleId, stepAt } from '@driftlock/domain'
import { masterKeyOf, openKeyRing, ringAuditChain, ringAuditProof, ringCheckpointSigner } from '@driftlock/keys'
import { openStore, type Store } from '@driftlock/sql'
import { systemRandom } from '@driftlock/system'
import { MemoryKeyStore } from '../../../adapters/keys/testing/memory-key-store.ts'
import { TestClock } from '../../../adapters/keys/testing/test-clock.ts'

/** A database nobody has used. */
export interface ScratchDatabase {
  /** What `openStore` takes. */
  readonly database: string
  drop(): Promise<void>
}

async function sqliteFile(): Promise<ScratchDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'driftlock-use-cases-'))
  return { database: join(folder, 'store.db'), drop: () => rm(folder, { recursive: true }) }
}

let newDatabase: () => Promise<ScratchDatabase> = sqliteFile

/** From here on this file's deployments lie elsewhere than in SQLite files. */
export function openDeploymentsOn(databases: () => Promise<ScratchDatabase>): void {
  newDatabase = databases
}

/** A deployment on a scratch database, with a clock that stands until it is moved. */
export interface Deployment {
  readonly ports: AdministrationPorts & {
    readonly clockGuard: ClockGuard
    readonly passwords: PasswordHasher
    readonly operations: Store['operations']
    readonly proof: AuditProof
    readonly signer: CheckpointSigner
  }
  readonly logins: AuthenticationPorts
  readonly clock: TestClock
  readonly store: Store
  readonly database: string
  close(): Promise<void>
}

export async function openDeployment(): Promise<Deployment> {
  const scratch = await newDatabase()
  const clock = new TestClock()
  const masterKeys = [masterKeyOf(new Uint8Array(32).fill(7), 'test')] as const
  const ring = await openKeyRing({ store: new MemoryKeyStore(), clock, masterKeys })
  const store = await openStore({ database: scratch.database, auditChain: ringAuditChain(ring, 'test') })
  const clockGuard: ClockGuard = { inDoubt: () => false, doubts: () => [], witness: () => undefined }
  const passwords: PasswordHasher = {
    hash: async (password) => `hashed ${[...password].toReversed().join('')}`,
    verify: async (password, hash) => hash === `hashed ${[...password].toReversed().join('')}`,
  }
  const { administration, operations, authentication } = store
  const world = { keys: ring, clock, random: systemRandom, clockGuard }
  return {
    ports: {
      ...world,
      administration,
      operations,
      passwords,
      proof: ringAuditProof(ring),
      signer: ringCheckpointSigner(ring),
    },
    logins: { ...world, store: authentication, policies: cachedPolicies(administration.read) },
    clock,
    store,
    database: scratch.database,
    async close() {
      await store.close()
      await scratch.drop()
    },
  }
}

/** The shell of the server: may do everything. */
export const COMMAND: AdministrationContext = {
  authority: { type: 'command' },
  actor: { type: 'command', id: 'root', name: 'root' },
}

/** An administrator with one predefined role in some domains; without a role, one who may do nothing. */
export function administratorWith(roleId?: PredefinedRoleId, scopeDomainIds = ['root']): AdministrationContext {
  const grants = roleId === undefined ? [] : [{ role: PREDEFINED_ROLES[roleId], scopeDomainIds }]
  const administrator: Administrator = { grants }
  return {
    authority: { type: 'administrator', administrator },
    actor: { type: 'administrator', id: 'admin', name: 'admin' },
  }
}

export function ownerContext(userId: string): AdministrationContext {
  return { authority: { type: 'owner', userId }, actor: { type: 'user', id: userId, name: 'user' } }
}

/** The seed of every token that `totpList` describes. */
export const SEED = new Uint8Array(20).fill(0x31)
const SEED_HEX = '31'.repeat(20)

/** An OATH list of TOTP tokens with these serials, as a file that comes in chunks. */
export async function* totpList(serials: readonly string[], seedHex = SEED_HEX): AsyncGenerator<Uint8Array> {
  yield Buffer.from('# version: 1\n')
  for (const serial of serials) yield Buffer.from(`${serial}, ${seedHex}, TOTP, 6, 30\n`)
}

/** The code that a token of `totpList` shows some steps from now. */
export function codeNow({ clock }: Deployment, stepsAhead = 0, seed = SEED): string {
  const record = { kind: 'totp', algorithm: 'sha1', digits: 6, intervalSeconds: 30, t0Seconds: 0, serial: '' } as const
  return codeSource(record, seed).code((stepAt(record, clock.now()) + BigInt(stepsAhead)) as ReturnType<typeof stepAt>)
}
