import type { AuditActor } from '@driftlock/domain'
import { ApplicationError } from '../errors/application-error.ts'
import type { ClockGuard } from '../ports/clock-guard.ts'
import type { Clock } from '../ports/clock.ts'
import type { CloudQueries, CloudStore } from '../ports/cloud-store.ts'
import type { Company } from '../ports/cloud-subjects.ts'
import type { KeyRing } from '../ports/key-ring.ts'
import type { Random } from '../ports/random.ts'

/** What every use case of the cloud access service needs of the world. */
export interface CloudPorts {
  readonly cloud: CloudStore
  readonly keys: KeyRing
  readonly clock: Clock
  readonly clockGuard: ClockGuard
  readonly random: Random
}

/** For whom somebody may act: one company, or every one and the service itself. */
export type CloudAuthority = { readonly type: 'company'; readonly companyId: string } | { readonly type: 'service' }

/** Who acts, and from where, for the audit record. */
export interface CloudContext {
  readonly authority: CloudAuthority
  readonly actor: AuditActor
  readonly clientAddress?: string
  readonly requestId?: string
}

/** @throws ApplicationError `NOT_AUTHORISED` unless the whole service may be acted for. */
export function requireService({ authority }: CloudContext): void {
  if (authority.type === 'service') return
  throw new ApplicationError('NOT_AUTHORISED', { permission: 'service administrator', reason: 'company' })
}

/** The company, if it is there and may be acted for; one answer for both. @throws ApplicationError `NOT_FOUND`. */
export async function requireCompany(cloud: CloudQueries, context: CloudContext, id: string): Promise<Company> {
  const { authority } = context
  const company = authority.type === 'service' || authority.companyId === id ? await cloud.company(id) : undefined
  if (company === undefined) throw new ApplicationError('NOT_FOUND', { type: 'company', id })
  return company
}

/** Something of a company that may be acted for. @throws ApplicationError `NOT_FOUND`, as if it were not there. */
export function requireOwn<T extends { readonly companyId: string }>(
  context: CloudContext,
  found: T | undefined,
  sought: { readonly type: 'user' | 'app' | 'manager'; readonly id: string },
): T {
  const { authority } = context
  if (found !== undefined && (authority.type === 'service' || authority.companyId === found.companyId)) return found
  throw new ApplicationError('NOT_FOUND', sought)
}
