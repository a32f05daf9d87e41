import { addMs } from '@driftlock/domain'
import type { Clock } from '../ports/clock.ts'
import type { OperationsStore } from '../ports/operations-store.ts'

export interface LeaseRequest {
  readonly name: string
  readonly holder: string
  readonly forMs: number
}

/** Runs scheduled work on one instance only. @returns undefined when another instance has the lease. */
export async function withLease<T>(
  { operations: { leases }, clock }: { readonly operations: OperationsStore; readonly clock: Clock },
  { name, holder, forMs }: LeaseRequest,
  work: () => Promise<T>,
): Promise<T | undefined> {
  const now = clock.now()
  if (!(await leases.acquire(name, { holder, now, until: addMs(now, forMs) }))) return undefined
  try {
    return await work()
  } finally {
    await leases.release(name, holder)
  }
}
