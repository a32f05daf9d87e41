import { readFile, stat } from 'node:fs/promises'

/** A file the web agent cannot do without is missing, exposed or not what it should be. */
export class WebAgentFileError extends Error {
  readonly code = 'WEB_AGENT_FILE_UNUSABLE'

  constructor(what: string, path: string, cause: string) {
    super(`${what}: ${path} ${cause}`)
    this.name = 'WebAgentFileError'
  }
}

const KEY_OCTETS = 32

/**
 * Keys of the sealed cookies: one a line, 32 octets in base64, the newest first; every agent of a site has the same file.
 * @throws WebAgentFileError
 */
export async function readCookieKeys(path: string): Promise<readonly Buffer[]> {
  const what = 'cookieKeyFile'
  const lines = (await readSecretFile(what, path)).split('\n').filter((line) => line.trim() !== '')
  const keys = lines.map((line) => Buffer.from(line.trim(), 'base64'))
  if (keys.length === 0 || keys.some((key) => key.length !== KEY_OCTETS)) {
    const advice = 'must hold 32 octets in base64 on each line. Make one with: openssl rand -base64 32'
    throw new WebAgentFileError(what, path, advice)
  }
  return keys
}

/** The text of a file that nobody else on the machine may read. @throws WebAgentFileError */
export async function readSecretFile(what: string, path: string): Promise<string> {
  const state = await stat(path).catch(() => undefined)
  if (state === undefined) throw new WebAgentFileError(what, path, 'cannot be read')
  if ((state.mode & 0o007) !== 0) {
    throw new WebAgentFileError(what, path, 'can be read by everybody on this machine. Make it private: chmod o= FILE')
  }
  return readFile(path, 'utf8').catch(() => {
    throw new WebAgentFileError(what, path, 'cannot be read')
  })
}
