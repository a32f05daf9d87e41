import { ApplicationError } from '../errors/application-error.ts'
import type { Agent } from '../ports/client-store.ts'

/** What the audit records of an agent. */
export function agentFacts(agent: Omit<Agent, 'keyMac'>): Readonly<Record<string, unknown>> {
  const { name, kind, addresses, language, securityDomainId, enabled, notes } = agent
  return { name, kind, addresses, language, securityDomainId, enabled, notes }
}

/** @throws ApplicationError `INVALID_INPUT`. */
export function requireSoundAgent(agent: Pick<Agent, 'name' | 'kind' | 'addresses' | 'notes'>): void {
  const { name, kind, addresses, notes } = agent
  const fault = (field: string, text: string) => new ApplicationError('INVALID_INPUT', { field, faults: [text] })
  if (!/^[\w.@:-]{1,128}$/.test(name)) throw fault('name', 'enter 1 to 128 letters, digits and . _ - @ : characters.')
  if (kind.length > 64) throw fault('kind', 'enter at most 64 characters.')
  if (addresses.length > 64 || addresses.some((one) => !/^[0-9A-Fa-f.:]{2,45}$/.test(one)))
    throw fault('addresses', 'enter at most 64 IP addresses.')
  if (notes.length > 1024) throw fault('notes', 'enter at most 1024 characters.')
}
