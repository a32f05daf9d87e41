import type { AdministrationContext } from '../administration/administration-context.ts'
import type { AdministrationPorts } from '../administration/administration-ports.ts'
import { authoriseAct } from '../administration/authorise-act.ts'
import { administer } from '../administration/unit-of-work.ts'
import { ApplicationError } from '../errors/application-error.ts'
import type { ApiKey } from '../ports/access-store.ts'

/** Ends an API key at once. @throws ApplicationError `NOT_FOUND`. */
export async function revokeApiKey(
  ports: AdministrationPorts,
  context: AdministrationContext,
  request: { readonly id: string },
): Promise<void> {
  return administer(ports, { context, action: 'revoke-api-key' }, async (unit) => {
    await unit.authorise({ permission: 'revoke-api-key', securityDomainId: null })
    const key = await unit.tx.access.apiKey(request.id)
    if (key === undefined) throw new ApplicationError('NOT_FOUND', { type: 'api-key', id: request.id })
    await unit.tx.access.updateApiKey({ ...key, revokedAt: key.revokedAt ?? unit.now })
    unit.audit({ action: 'revoke-api-key', before: { id: key.id, name: key.name, userId: key.userId } })
  })
}

/** Every API key without its secret's hash. */
export async function listApiKeys(
  { administration: { read } }: AdministrationPorts,
  context: AdministrationContext,
): Promise<readonly Omit<ApiKey, 'secretMac'>[]> {
  await authoriseAct(read, context, { permission: 'view-api-keys', securityDomainId: null })
  return (await read.access.apiKeys()).map(({ secretMac: _kept, ...shown }) => shown)
}
