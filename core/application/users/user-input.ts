import { normaliseUsername, USERNAME_FAULTS, type UnixMs } from '@driftlock/domain'
import { ApplicationError } from '../errors/application-error.ts'

/** What an administrator may say of a user. */
export interface UserDetails {
  /** Other names the user may log in with. */
  readonly aliases?: readonly string[]
  readonly firstName?: string
  readonly lastName?: string
  readonly email?: string
  readonly phone?: string
  readonly notes?: string
  readonly enabled?: boolean
  readonly startsAt?: UnixMs | null
  readonly expiresAt?: UnixMs | null
}

const MAX_ALIASES = 16
const MAX_LENGTHS = { firstName: 128, lastName: 128, email: 254, phone: 64, notes: 1024 } as const

/** The spelling that is stored. @throws ApplicationError `INVALID_INPUT`. */
export function soundUsername(raw: string, field: 'username' | 'aliases' = 'username'): string {
  const result = normaliseUsername(raw)
  if (result.ok) return result.username.text
  throw new ApplicationError('INVALID_INPUT', { field, faults: [USERNAME_FAULTS[result.fault]] })
}

/** The details as they are stored. @throws ApplicationError `INVALID_INPUT`. */
export function soundDetails<D extends UserDetails>(details: D): D {
  for (const [field, max] of Object.entries(MAX_LENGTHS)) {
    const value = details[field as keyof typeof MAX_LENGTHS] // the keys of that very table
    if (value !== undefined && value.length > max) throw invalid(field, `enter at most ${max} characters.`)
  }
  const { startsAt = null, expiresAt = null, aliases } = details
  if (startsAt !== null && expiresAt !== null && expiresAt <= startsAt)
    throw invalid('expiresAt', 'must be later than startsAt.')
  if (aliases === undefined) return details
  if (aliases.length > MAX_ALIASES) throw invalid('aliases', `at most ${MAX_ALIASES} aliases.`)
  return { ...details, aliases: aliases.map((alias) => soundUsername(alias, 'aliases')) }
}

function invalid(field: string, fault: string): ApplicationError {
  return new ApplicationError('INVALID_INPUT', { field, faults: [fault] })
}
