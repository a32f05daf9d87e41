import { readFile, rename, writeFile } from 'node:fs/promises'
import type { KeyStore, RewrappedKey, WrappedKey } from '@driftlock/application'
import { MemoryKeyStore } from './memory-key-store.ts'

interface KeyLine extends Omit<WrappedKey, 'wrapped' | 'publicKey'> {
  readonly wrapped: string
  readonly publicKey: string | null
}

/** A key store in a JSON file, so that tests can search and damage what lies on disk. */
export class FileKeyStore implements KeyStore {
  readonly #path: string

  constructor(path: string) {
    this.#path = path
  }

  async list(): Promise<readonly WrappedKey[]> {
    return (await this.#load()).keys
  }

  async insert(key: WrappedKey): Promise<boolean> {
    const store = await this.#load()
    return (await store.insert(key)) && this.#save(store.keys)
  }

  async rewrap(keys: readonly RewrappedKey[]): Promise<boolean> {
    const store = await this.#load()
    return (await store.rewrap(keys)) && this.#save(store.keys)
  }

  async #load(): Promise<MemoryKeyStore> {
    const store = new MemoryKeyStore()
    const text = await readFile(this.#path, 'utf8').catch(() => '[]')
    const lines = JSON.parse(text) as KeyLine[] // written by #save
    store.keys = lines.map((line) => ({
      ...line,
      wrapped: Buffer.from(line.wrapped, 'base64'),
      publicKey: line.publicKey === null ? null : Buffer.from(line.publicKey, 'base64'),
    }))
    return store
  }

  async #save(keys: readonly WrappedKey[]): Promise<true> {
    const lines: KeyLine[] = keys.map((key) => ({
      ...key,
      wrapped: Buffer.from(key.wrapped).toString('base64'),
      publicKey: key.publicKey === null ? null : Buffer.from(key.publicKey).toString('base64'),
    }))
    await writeFile(`${this.#path}.new`, JSON.stringify(lines))
    await rename(`${this.#path}.new`, this.#path)
    return true
  }
}
