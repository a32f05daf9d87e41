import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A PAM service of the test's own: pam_radius decides, nothing else is asked. */
export interface PamService {
  readonly name: string
  /** Scratch folder of the service. */
  readonly folder: string
  remove(): void
}

const CONFIGURATION = '/etc/pam.d'

/**
 * Writes the service file and the configuration of pam_radius (Debian package libpam-radius-auth), which asks a server on
 * 127.0.0.1. PAM reads services from one folder of the system only, so this needs root.
 */
export function makePamService(purpose: string, port: number, secret: string): PamService {
  const name = `driftlock-${purpose}-${process.pid}`
  const path = join(CONFIGURATION, name)
  if (existsSync(path)) throw new Error(`${path} is there already.`)
  const folder = mkdtempSync(join(tmpdir(), 'driftlock-pam-'))
  const servers = join(folder, 'servers.conf')
  writeFileSync(servers, `127.0.0.1:${port} ${secret} 3\n`, { mode: 0o600 })
  const lines = [`auth required pam_radius_auth.so conf=${servers} retry=1 prompt_attribute`]
  for (const kind of ['account', 'session', 'password']) lines.push(`${kind} required pam_permit.so`)
  writeFileSync(path, `${lines.join('\n')}\n`)
  const remove = (): void => {
    rmSync(path, { force: true })
    rmSync(folder, { recursive: true, force: true })
  }
  process.once('exit', remove)
  return { name, folder, remove }
}
