import { rm } from 'node:fs/promises'
import {
  accessSecretMac,
  INTERNAL_IDENTITY_SOURCE_ID,
  installPredefinedRoles,
  type ManagedUser,
  ROOT_SECURITY_DOMAIN_ID,
  uniqueId,
} from '@driftlock/application'
import { type AuditAction, addMs, MS_PER_SECOND, NO_GUESSES, type UnixMs } from '@driftlock/domain'
import { writeMasterKeyFile } from '@driftlock/keys'
import { systemRandom } from '@driftlock/system'
import { makeDataFolder } from './data-folder.ts'
import { type Instance, type InstanceOptions, openInstance } from './open-instance.ts'
import { setUpCode } from './set-up-code.ts'

const SET_UP_CODE_LIFETIME_SECONDS = 24 * 3600

export interface FirstAdministrator {
  readonly username: string
  /** To be entered once, with a password of the administrator's choice, within 24 hours. Kept as a MAC only. */
  readonly setUpCode: string
}

/**
 * Makes a data folder with a master key of its own (unless one is given by file or environment) and writes the predefined
 * roles into the empty database. @throws EEXIST when the folder has a master key already.
 */
export async function initialiseInstance(options: InstanceOptions): Promise<Instance> {
  const folder = await makeDataFolder(options.dataFolder)
  const given =
    options.masterKeyFile ??
    options.environment['DRIFTLOCK_MASTER_KEY_FILE'] ??
    options.environment['DRIFTLOCK_MASTER_KEY'] ??
    options.environment['CREDENTIALS_DIRECTORY']
  if (given === undefined) await writeMasterKeyFile(folder.masterKeyFile, systemRandom.bytes(32))
  const instance = await openInstance(options).catch(async (error: unknown) => {
    // Nothing is sealed with it yet; left there, it would make the next try believe that all is done.
    if (given === undefined) await rm(folder.masterKeyFile, { force: true })
    throw error
  })
  await insertPredefinedRoles(instance)
  return instance
}

/** Writes the predefined roles as this version knows them, those of an earlier version included. */
export async function insertPredefinedRoles({ administration, name }: Instance): Promise<void> {
  const actor = { type: 'system', id: name, name } as const
  await installPredefinedRoles(administration, { authority: { type: 'system' }, actor })
}

/** The first super administrator, with a one-time set-up code instead of a password. */
export async function createFirstAdministrator(instance: Instance, username: string): Promise<FirstAdministrator> {
  const { clock, random, keys, store } = instance
  const code = setUpCode(random)
  const now = clock.now()
  const userId = uniqueId(instance)
  const setupCodeMac = accessSecretMac({ use: 'set-up-code', secret: code }, keys.pinKeys())
  const actor = { type: 'command', id: 'init', name: 'driftlock init' } as const
  await store.administration.transaction(async (tx) => {
    await tx.users.insert(userOf(userId, username, now))
    await tx.access.insertAdministrator({
      userId,
      enabled: true,
      setupCodeMac,
      setupCodeExpiresAt: addMs(now, SET_UP_CODE_LIFETIME_SECONDS * MS_PER_SECOND),
      createdAt: now,
      lastLogOnAt: null,
      version: 1,
    })
    const assignment = { userId, roleId: 'super-admin', securityDomainId: ROOT_SECURITY_DOMAIN_ID, createdAt: now }
    await tx.access.assignRole({ id: uniqueId(instance), ...assignment })
    const actions: readonly AuditAction[] = ['create-user', 'create-administrator', 'assign-role']
    for (const action of actions) {
      const id = uniqueId(instance)
      tx.audit({ id, at: now, actor, action, outcome: 'success', reason: 'done', userId, username })
    }
  })
  return { username, setUpCode: code }
}

function userOf(id: string, username: string, now: UnixMs): ManagedUser {
  return {
    user: {
      id,
      username,
      securityDomainId: ROOT_SECURITY_DOMAIN_ID,
      enabled: true,
      startsAt: null,
      expiresAt: null,
      version: 1,
      guesses: NO_GUESSES,
    },
    identitySourceId: INTERNAL_IDENTITY_SOURCE_ID,
    aliases: [],
    ...NO_DETAILS,
    createdAt: now,
    updatedAt: now,
  }
}

const NO_DETAILS = { firstName: '', lastName: '', email: '', phone: '', notes: '' } as const
