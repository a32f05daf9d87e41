import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeSelfSigned } from '../testing/self-signed.ts'
import { readTlsFiles, type TlsFiles } from './tls-files.ts'

let folder: string
let files: TlsFiles
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'driftlock-tls-files-'))
  files = writeSelfSigned(folder, 'one')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const keyPem = (encoding: { cipher?: string; passphrase?: string } = {}) =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem', ...encoding })

describe('TLS files that cannot be used are named with what is wrong', () => {
  it.each([
    [
      'a key of another certificate',
      () => writeFileSync(files.keyFile, keyPem()),
      () => `The key in ${files.keyFile} does not belong to the certificate in ${files.certificateFile}.`,
    ],
    [
      'a certificate that is none',
      () => writeFileSync(files.certificateFile, 'hello'),
      () => `${files.certificateFile} holds no certificate in PEM.`,
    ],
    [
      'a key that is none',
      () => writeFileSync(files.keyFile, ''),
      () => `${files.keyFile} holds no private key in PEM.`,
    ],
    [
      'a key under a passphrase',
      () => writeFileSync(files.keyFile, keyPem({ cipher: 'aes-256-cbc', passphrase: 'x' })),
      () => `The key in ${files.keyFile} is protected by a passphrase, which nobody types at a start.`,
    ],
    [
      'a chain that is broken off',
      () =>
        writeFileSync(
          files.certificateFile,
          `${readFileSync(files.certificateFile, 'utf8')}-----BEGIN CERTIFICATE-----\nMII`,
        ),
      () => `The certificates in ${files.certificateFile} cannot be served`,
    ],
  ])('%s', async (_, spoil, message) => {
    spoil()
    await expect(readTlsFiles(files)).rejects.toMatchObject({
      code: 'TLS_FILES_UNUSABLE',
      message: expect.stringContaining(message()),
    })
  })
})
