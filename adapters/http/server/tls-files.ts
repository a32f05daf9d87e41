import { readFile, stat } from 'node:fs/promises'

export interface TlsFiles {
  /** PEM: the server's certificate and those between it and the root. */
  readonly certificateFile: string
  readonly keyFile: string
}

export interface TlsMaterial {
  readonly cert: Buffer
  readonly key: Buffer
}

export async function readTlsFiles({ certificateFile, keyFile }: TlsFiles): Promise<TlsMaterial> {
  const [cert, key] = await Promise.all([readFile(certificateFile), readFile(keyFile)])
  return { cert, key }
}

/** Changes whenever one of the files was written anew. */
export async function tlsFilesState({ certificateFile, keyFile }: TlsFiles): Promise<string> {
  const states = await Promise.all([stat(certificateFile), stat(keyFile)])
  return states.map(({ mtimeMs, size, ino }) => `${mtimeMs}/${size}/${ino}`).join(' ')
}
