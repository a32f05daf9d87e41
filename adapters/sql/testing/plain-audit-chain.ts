import { createHash, createHmac } from 'node:crypto'
import type { AuditChain } from '@driftlock/application'

/** An audit chain under a key everybody knows, for tests of what is built on the store. */
export function plainAuditChain(chainId: string): AuditChain {
  const digest = (record: string) => new Uint8Array(createHash('sha256').update(record).digest())
  return {
    chainId,
    digest,
    link(previous, entry) {
      const record = JSON.stringify(entry)
      const sequence = previous.sequence + 1
      const mac = createHmac('sha256', 'test key')
        .update(previous.mac)
        .update(`${chainId} ${sequence}`)
        .update(digest(record))
        .digest()
      return { sequence, record, mac: new Uint8Array(mac), keyId: 'test' }
    },
  }
}
