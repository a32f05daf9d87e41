import type { KeyStore, RewrappedKey, WrappedKey } from '@driftlock/application'

/** A key store in memory; several rings may share one, as instances share a database. */
export class MemoryKeyStore implements KeyStore {
  keys: WrappedKey[] = []

  async list(): Promise<readonly WrappedKey[]> {
    return [...this.keys]
  }

  async insert(key: WrappedKey): Promise<boolean> {
    const taken = this.keys.some(
      ({ id, purpose, generation }) => id === key.id || (purpose === key.purpose && generation === key.generation),
    )
    if (!taken) this.keys.push(key)
    return !taken
  }

  async rewrap(rewrapped: readonly RewrappedKey[]): Promise<boolean> {
    const byId = new Map(rewrapped.map((key) => [key.id, key]))
    const fits = this.keys.every((key) => byId.get(key.id)?.previousMasterKeyId === key.masterKeyId)
    if (!fits || byId.size !== this.keys.length) return false
    this.keys = this.keys.map((key) => {
      const { masterKeyId, wrapped } = byId.get(key.id) ?? key
      return { ...key, masterKeyId, wrapped }
    })
    return true
  }
}
