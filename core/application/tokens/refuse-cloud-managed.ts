import { isCloudManaged } from '@driftlock/domain'
import { ApplicationError } from '../errors/application-error.ts'
import type { ManagedToken } from '../ports/token-store.ts'

/** For acts that are the cloud's on tokens of apps. @throws ApplicationError `TOKEN_CLOUD_MANAGED`. */
export function refuseCloudManaged({ record }: Pick<ManagedToken, 'record'>): void {
  if (isCloudManaged(record)) throw new ApplicationError('TOKEN_CLOUD_MANAGED', { serial: record.serial })
}
