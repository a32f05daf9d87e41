import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto'
import { readFile, stat } from 'node:fs/promises'
import { createSecureContext } from 'node:tls'

export interface TlsFiles {
  /** PEM: the server's certificate and those between it and the root. */
  readonly certificateFile: string
  readonly keyFile: string
}

export interface TlsMaterial {
  readonly cert: Buffer
  readonly key: Buffer
}

/** What an operator has to mend in the TLS files; nothing of their content is in it. */
export class TlsFilesError extends Error {
  readonly code = 'TLS_FILES_UNUSABLE'

  constructor(message: string) {
    super(message)
    this.name = 'TlsFilesError'
  }
}

/** @throws TlsFilesError naming the file and what is wrong with it; the platform's error for one that cannot be read. */
export async function readTlsFiles(files: TlsFiles): Promise<TlsMaterial> {
  const { certificateFile, keyFile } = files
  const [cert, key] = await Promise.all([readFile(certificateFile), readFile(keyFile)])
  const certificate = certificateOf(cert, certificateFile)
  if (!certificate.checkPrivateKey(privateKeyOf(key, keyFile)))
    throw new TlsFilesError(
      `The key in ${keyFile} does not belong to the certificate in ${certificateFile}. Where they are just being renewed, the other one is still to come.`,
    )
  try {
    createSecureContext({ cert, key })
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error)
    throw new TlsFilesError(`The certificates in ${certificateFile} cannot be served with this key: ${cause}`)
  }
  return { cert, key }
}

function certificateOf(cert: Buffer, file: string): X509Certificate {
  try {
    return new X509Certificate(cert)
  } catch {
    throw new TlsFilesError(
      `${file} holds no certificate in PEM. It needs that of the server first, then those above it.`,
    )
  }
}

function privateKeyOf(key: Buffer, file: string): KeyObject {
  if (/ENCRYPTED/.test(key.toString('latin1')))
    throw new TlsFilesError(
      `The key in ${file} is protected by a passphrase, which nobody types at a start. Write it without: openssl pkey -in ${file} -out NEW.key`,
    )
  try {
    return createPrivateKey(key)
  } catch {
    throw new TlsFilesError(`${file} holds no private key in PEM.`)
  }
}

/** Changes whenever one of the files was written anew. */
export async function tlsFilesState({ certificateFile, keyFile }: TlsFiles): Promise<string> {
  const states = await Promise.all([stat(certificateFile), stat(keyFile)])
  return states.map(({ mtimeMs, size, ino }) => `${mtimeMs}/${size}/${ino}`).join(' ')
}
