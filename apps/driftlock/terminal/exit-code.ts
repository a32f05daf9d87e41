import {
  APPLICATION_ERRORS,
  ApplicationError,
  type ApplicationErrorCode,
  StoreBusyError,
  StoreError,
} from '@driftlock/application'
import { FormatError } from '@driftlock/formats'
import { KeyRingError } from '@driftlock/keys'
import { CommanderError } from 'commander'
import { CommandError } from './command-error.ts'

/** What the process ends with; `docs/reference/exit-codes.md` is made from this table. Numbers are never reused. */
export const EXIT_CODES = {
  ok: { number: 0, text: 'Done as asked.' },
  refused: {
    number: 1,
    text: 'Refused or failed: a denied log-on, a finding of doctor, a fault in the audit chain, a rule.',
  },
  usage: { number: 2, text: 'The command line or a value on it is wrong.' },
  'not-found': { number: 3, text: 'There is no such user, token, domain, key … or no such data folder.' },
  conflict: {
    number: 4,
    text: 'It collides with what is there: a name taken, a token assigned already, a port in use, a change meanwhile.',
  },
  'not-authorised': { number: 5, text: 'The operating system or a rule does not let you do it.' },
  'store-unavailable': {
    number: 6,
    text: 'The database cannot be reached, is full, is newer than the program, or is damaged.',
  },
  'keys-unavailable': { number: 7, text: 'The master key is missing, exposed, malformed or of another database.' },
  'bad-file': {
    number: 8,
    text: 'An input file is missing, is of another kind, was changed, or its password is wrong.',
  },
  interrupted: { number: 130, text: 'Stopped at a question or by Ctrl-C.' },
  internal: { number: 70, text: 'A fault in Driftlock itself. Please report it.' },
} as const

export type ExitCode = keyof typeof EXIT_CODES

const BY_KIND = {
  forbidden: 'not-authorised',
  'not-found': 'not-found',
  conflict: 'conflict',
  invalid: 'refused',
} as const satisfies Record<string, ExitCode>

const WRONG_VALUES: ReadonlySet<ApplicationErrorCode> = new Set(['INVALID_INPUT', 'COUNT_NOT_CONFIRMED'])
const STORE_CONFLICTS: ReadonlySet<string> = new Set(['STALE_VERSION', 'ALREADY_EXISTS', 'REFERENCE_BROKEN'])

/** The exit code of an error. What is no known refusal is a fault of the program. */
export function exitCodeOf(error: unknown): ExitCode {
  return ofKnownType(error) ?? (error instanceof Error ? ofItsCode(error) : 'internal')
}

function ofKnownType(error: unknown): ExitCode | undefined {
  if (error instanceof CommandError) return error.exit
  if (error instanceof CommanderError) return 'usage'
  if (error instanceof ApplicationError) return ofApplicationCode((error as ApplicationError).code) // the class leaves its parameter open
  if (error instanceof StoreError) return STORE_CONFLICTS.has(error.code) ? 'conflict' : 'store-unavailable'
  if (error instanceof StoreBusyError) return 'store-unavailable'
  if (error instanceof KeyRingError) return 'keys-unavailable'
  return error instanceof FormatError ? 'bad-file' : undefined
}

function ofApplicationCode(code: ApplicationErrorCode): ExitCode {
  return WRONG_VALUES.has(code) ? 'usage' : BY_KIND[APPLICATION_ERRORS[code].kind]
}

const BY_CAUSE: Readonly<Record<string, ExitCode>> = {
  EEXIST: 'conflict',
  DATA_FOLDER_IN_USE: 'conflict',
  NO_DATA_FOLDER: 'not-found',
  TLS_FILES_UNUSABLE: 'bad-file',
  ENOENT: 'bad-file',
  EISDIR: 'bad-file',
  ENOTDIR: 'bad-file',
  EACCES: 'not-authorised',
  EPERM: 'not-authorised',
  EROFS: 'not-authorised',
  ENOSPC: 'refused',
  EMFILE: 'refused',
  ENAMETOOLONG: 'usage',
  EADDRINUSE: 'conflict',
  EADDRNOTAVAIL: 'usage',
}

function ofItsCode(error: Error): ExitCode {
  if (error.name === 'ExitPromptError' || error.name === 'AbortPromptError') return 'interrupted'
  const code = 'code' in error ? String(error.code) : ''
  return BY_CAUSE[code] ?? (isOwnCode(code) ? 'refused' : 'internal')
}

/** The product's own codes are words in capitals; those of the system (ECONNRESET) and of Node (ERR_…) are not. */
function isOwnCode(code: string): boolean {
  return /^[A-Z]+(_[A-Z]+)+$/.test(code) && !/^(ERR|UNABLE|DEPTH|CERT|SELF)_/.test(code)
}
