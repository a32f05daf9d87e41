import { constants, type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { KeyRingError } from './key-ring-error.ts'
import { MASTER_KEY_OCTETS, type MasterKey, masterKeyOf } from './master-key.ts'

const LARGEST_FILE = 4096
const CREDENTIAL = 'driftlock.master-key'

export interface MasterKeyPlaces {
  /** A path the operator named on the command line or in the configuration: it alone is tried then. */
  readonly file?: string
  /** The environment; DRIFTLOCK_MASTER_KEY_FILE, DRIFTLOCK_MASTER_KEY and CREDENTIALS_DIRECTORY are read. */
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Tried last, e.g. the file that `driftlock init` wrote into the data folder. */
  readonly defaultFile?: string
  /** What makes a new data folder, for the advice; absent = `driftlock init`. */
  readonly initCommand?: string
}

/**
 * Finds the master key: the named file, DRIFTLOCK_MASTER_KEY_FILE, DRIFTLOCK_MASTER_KEY, the systemd credential
 * `driftlock.master-key`, the default file, in this order; the first place that is set decides, its faults are not
 * passed over. A key is 32 octets as 64 hexadecimal digits or base64 (`openssl rand -base64 32`).
 * @throws KeyRingError MASTER_KEY_NOT_FOUND, MASTER_KEY_EXPOSED or MASTER_KEY_MALFORMED, saying what to do.
 */
export async function loadMasterKey(places: MasterKeyPlaces): Promise<MasterKey> {
  const { environment } = places
  const tried: string[] = []
  const { initCommand = 'driftlock init' } = places
  const named = places.file ?? environment['DRIFTLOCK_MASTER_KEY_FILE']
  if (named !== undefined) {
    const key = await fromPrivateFile(named)
    if (key !== undefined) return key
    throw notFound([`file ${named}`], initCommand)
  }
  const value = environment['DRIFTLOCK_MASTER_KEY']
  if (value !== undefined) return parse(value, 'environment variable DRIFTLOCK_MASTER_KEY')
  tried.push('environment variables DRIFTLOCK_MASTER_KEY_FILE and DRIFTLOCK_MASTER_KEY (not set)')
  const directory = environment['CREDENTIALS_DIRECTORY']
  if (directory !== undefined) {
    const key = await fromCredential(join(directory, CREDENTIAL))
    if (key !== undefined) return key
    tried.push(`systemd credential ${CREDENTIAL} in ${directory}`)
  }
  if (places.defaultFile !== undefined) {
    const key = await fromPrivateFile(places.defaultFile)
    if (key !== undefined) return key
    tried.push(`file ${places.defaultFile}`)
  }
  throw notFound(tried, initCommand)
}

/** Writes a new file of mode 0600. @throws EEXIST rather than overwrite: an overwritten master key loses every secret. */
export async function writeMasterKeyFile(path: string, octets: Uint8Array): Promise<MasterKey> {
  const key = masterKeyOf(octets, `file ${path}`)
  const handle = await open(path, 'wx', 0o600)
  try {
    await handle.writeFile(`${Buffer.from(octets).toString('base64')}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  return key
}

/** @returns why others than the server's user could have the key, and what to do; `undefined` if none could. */
export function exposureOf(
  path: string,
  file: { mode: number; uid: number },
  self: number | undefined,
): string | undefined {
  if ((file.mode & 0o077) !== 0) {
    const bits = (file.mode & 0o777).toString(8).padStart(4, '0')
    return `The master key file ${path} has mode ${bits}: others can read or change it. Run: chmod 600 ${path}`
  }
  if (self !== undefined && file.uid !== self && file.uid !== 0) {
    return `The master key file ${path} belongs to user ${file.uid}, but Driftlock runs as ${self}. Run: chown ${self} ${path}`
  }
  return undefined
}

async function fromPrivateFile(path: string): Promise<MasterKey | undefined> {
  return withFile(path, async (handle) => {
    const exposure = exposureOf(path, await handle.stat(), process.geteuid?.())
    if (exposure !== undefined) throw new KeyRingError('MASTER_KEY_EXPOSED', exposure)
    return parse(await content(handle, path), `file ${path}`)
  })
}

/** systemd keeps credentials in a folder only the service can enter, and shows its access list as group bits: no mode check. */
async function fromCredential(path: string): Promise<MasterKey | undefined> {
  return withFile(path, async (handle) => parse(await content(handle, path), `systemd credential ${path}`))
}

async function withFile<T>(path: string, use: (handle: FileHandle) => Promise<T>): Promise<T | undefined> {
  let handle: FileHandle
  try {
    handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw new KeyRingError(
      'MASTER_KEY_NOT_FOUND',
      `The master key file ${path} cannot be read (${codeOf(error)}). Make it readable for the user Driftlock runs as, and for nobody else.`,
      { cause: error },
    )
  }
  try {
    return await use(handle)
  } finally {
    await handle.close()
  }
}

async function content(handle: FileHandle, path: string): Promise<string> {
  const stat = await handle.stat()
  if (!stat.isFile() || stat.size > LARGEST_FILE) throw malformed(`file ${path}`)
  return handle.readFile('utf8')
}

function parse(text: string, source: string): MasterKey {
  const trimmed = text.trim()
  const octets = /^[0-9a-fA-F]{64}$/.test(trimmed)
    ? Buffer.from(trimmed, 'hex')
    : /^[A-Za-z0-9+/_-]{43}=?$/.test(trimmed)
      ? Buffer.from(trimmed, 'base64')
      : undefined
  if (octets?.length !== MASTER_KEY_OCTETS) throw malformed(source)
  const key = masterKeyOf(octets, source)
  octets.fill(0)
  return key
}

function malformed(source: string): KeyRingError {
  return new KeyRingError(
    'MASTER_KEY_MALFORMED',
    `The ${source} holds no master key: 64 hexadecimal digits or the base64 of 32 octets are needed. If it was cut or edited, put its backup back.`,
  )
}

function notFound(tried: readonly string[], initCommand: string): KeyRingError {
  return new KeyRingError(
    'MASTER_KEY_NOT_FOUND',
    `No master key was found. Tried: ${tried.join('; ')}. Put the master key back where it was (without it no seed can be opened), or run "${initCommand}" for a new data folder.`,
  )
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
}
