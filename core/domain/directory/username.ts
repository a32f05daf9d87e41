import { normaliseName, type NormalisedName } from './name.ts'

/** Why a user ID or alias cannot be used: a closed list. */
export const USERNAME_FAULTS = {
  empty: 'Enter a user ID.',
  'too-long': 'The user ID may have 255 characters at most.',
  'invisible-characters': 'The user ID holds control or invisible characters.',
} as const satisfies Record<string, string>

export type UsernameFault = keyof typeof USERNAME_FAULTS

export const MAX_USERNAME_LENGTH = 255

export type UsernameResult =
  | { readonly ok: true; readonly username: NormalisedName }
  | { readonly ok: false; readonly fault: UsernameFault }

/**
 * A user ID or alias, as somebody typed it, for storing and looking up: NFKC, no blanks around it, `key` without case.
 * Two users must not share a key, whether as user ID or as alias. Normalising twice changes nothing.
 */
export function normaliseUsername(raw: string): UsernameResult {
  const username = normaliseName(raw, MAX_USERNAME_LENGTH)
  if (username !== undefined) return { ok: true, username }
  if (raw.length > MAX_USERNAME_LENGTH || raw.normalize('NFKC').trim().length > MAX_USERNAME_LENGTH) {
    return { ok: false, fault: 'too-long' }
  }
  return { ok: false, fault: raw.normalize('NFKC').trim() === '' ? 'empty' : 'invisible-characters' }
}
