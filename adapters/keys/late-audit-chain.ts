import type { AuditChain } from '@driftlock/application'

/** A chain whose key is found in the very store that writes it: `attach` gives it its key, before the first record. */
export interface LateAuditChain extends AuditChain {
  attach(chain: AuditChain): void
}

export function lateAuditChain(chainId: string): LateAuditChain {
  let attached: AuditChain | undefined
  const chain = (): AuditChain => {
    if (attached === undefined) throw new Error('An audit record was to be written before the key ring was open.')
    return attached
  }
  return {
    chainId,
    attach: (given) => {
      attached = given
    },
    link: (previous, entry) => chain().link(previous, entry),
    digest: (record) => chain().digest(record),
  }
}
