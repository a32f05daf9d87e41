import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Writes a certificate of this name and its key into a folder, over those that are there. */
export function writeSelfSigned(folder: string, commonName: string): { certificateFile: string; keyFile: string } {
  const files = { certificateFile: join(folder, 'server.crt'), keyFile: join(folder, 'server.key') }
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', '-']
  const subject = ['-subj', `/CN=${commonName}`, '-days', '2', '-addext', 'subjectAltName=IP:127.0.0.1,DNS:localhost']
  const pem = execFileSync('openssl', ['req', '-x509', ...key, ...subject], { stdio: ['ignore', 'pipe', 'ignore'] })
  const text = pem.toString()
  const from = text.indexOf('-----BEGIN CERTIFICATE-----')
  writeFileSync(files.keyFile, text.slice(0, from), { mode: 0o600 })
  writeFileSync(files.certificateFile, text.slice(from))
  return files
}
