import { ApplicationError } from '../errors/application-error.ts'
import type { RadiusClient } from '../ports/client-store.ts'
import type { SealContext } from '../ports/key-ring.ts'

/** A RADIUS client without its secret. */
export type ShownRadiusClient = Omit<RadiusClient, 'secret'>

export function radiusSecretContext(id: string): SealContext {
  return { table: 'radius_clients', column: 'secret', row: id }
}

/** What the audit records of a RADIUS client. */
export function radiusClientFacts(client: ShownRadiusClient): Readonly<Record<string, unknown>> {
  const { name, network, requireMessageAuthenticator, transport, securityDomainId, enabled, profile, notes } = client
  return { name, network, requireMessageAuthenticator, transport, securityDomainId, enabled, profile, notes }
}

/** Shorter shared secrets fall to a guess off line (RFC 2865 §3 asks for 16 octets): the edges warn of them. */
export const MIN_RADIUS_SECRET_LENGTH = 16

/** @throws ApplicationError `INVALID_INPUT`. */
export function requireSoundClient({ name, network, notes }: ShownRadiusClient, secret: string | undefined): void {
  const fault = (field: string, text: string) => new ApplicationError('INVALID_INPUT', { field, faults: [text] })
  if (name.trim() === '' || name.length > 128) throw fault('name', 'enter 1 to 128 characters.')
  if (!/^[0-9A-Fa-f.:]{2,45}(?:\/\d{1,3})?$/.test(network))
    throw fault('network', 'enter an IP address, or a network such as 192.0.2.0/24.')
  if (notes.length > 1024) throw fault('notes', 'enter at most 1024 characters.')
  if (secret === undefined) return
  // Short ones are taken: a client that cannot be given another secret must be able to move here.
  if (secret === '' || secret.length > 128) throw fault('secret', 'enter 1 to 128 characters.')
}
