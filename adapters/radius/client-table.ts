import { type ClientCounters, newClientCounters } from './client-counters.ts'
import { maskOctets, parseNetwork, parseSourceAddress } from './network.ts'
import type { RadiusClient } from './ports.ts'

/** A client with what this instance has learnt of it. */
export interface ClientEntry {
  readonly client: RadiusClient
  readonly counters: ClientCounters
  /** Decided by the setting, or by what an `auto` client has sent. */
  mustSendMessageAuthenticator: boolean
}

interface PrefixGroup {
  readonly octets: 4 | 16
  readonly bits: number
  readonly entries: Map<string, ClientEntry>
}

const rememberedAddresses = 10_000

/** Finds the client behind a source address; the most specific network wins. */
export class ClientTable {
  #groups: PrefixGroup[] = []
  #entries = new Map<string, ClientEntry>()
  readonly #byAddress = new Map<string, ClientEntry>()

  /**
   * Replaces all clients; counters and a learnt `auto` stay with the id. Returns the refused addresses, for the caller to
   * warn of: texts that are no address, networks of another client (the first keeps them), and all of a client whose
   * secret is empty (RFC 2865 §3).
   */
  setClients(clients: readonly RadiusClient[]): readonly string[] {
    const refused: string[] = []
    const groups = new Map<string, PrefixGroup>()
    const entries = new Map<string, ClientEntry>()
    for (const client of clients) {
      const entry = newEntry(client, this.#entries.get(client.id))
      entries.set(client.id, entry)
      for (const text of client.addresses) {
        if (client.secret.length === 0 || !addNetwork(groups, entry, text)) refused.push(text)
      }
    }
    this.#groups = [...groups.values()].sort((a, b) => b.bits - a.bits)
    this.#entries = entries
    this.#byAddress.clear()
    return refused
  }

  /** The entry for a source address in text, or `undefined`. */
  find(address: string): ClientEntry | undefined {
    const known = this.#byAddress.get(address)
    if (known !== undefined) return known
    const found = this.#search(address)
    // Only clients' own addresses are remembered, so strangers cannot fill the memory; a large network still could.
    if (found !== undefined) {
      if (this.#byAddress.size >= rememberedAddresses) this.#byAddress.clear()
      this.#byAddress.set(address, found)
    }
    return found
  }

  get(clientId: string): ClientEntry | undefined {
    return this.#entries.get(clientId)
  }

  entries(): Iterable<ClientEntry> {
    return this.#entries.values()
  }

  #search(address: string): ClientEntry | undefined {
    const octets = parseSourceAddress(address)
    if (octets === undefined) return undefined
    for (const group of this.#groups) {
      if (group.octets !== octets.length) continue
      const entry = group.entries.get(maskOctets(octets, group.bits).join('.'))
      if (entry !== undefined) return entry
    }
    return undefined
  }
}

function newEntry(client: RadiusClient, before: ClientEntry | undefined): ClientEntry {
  const { requireMessageAuthenticator: mode, hasSentMessageAuthenticator = false } = client
  const isAuto = mode === 'auto'
  // Learnt here but not yet written by the store: keep. Known to the store before and not now: an administrator reset it.
  const wasAuto = before?.client.requireMessageAuthenticator === 'auto' && !before.client.hasSentMessageAuthenticator
  const learnt = wasAuto && before.mustSendMessageAuthenticator
  const mustSendMessageAuthenticator = mode === 'yes' || (isAuto && (hasSentMessageAuthenticator || learnt))
  return { client, counters: before?.counters ?? newClientCounters(), mustSendMessageAuthenticator }
}

function addNetwork(groups: Map<string, PrefixGroup>, entry: ClientEntry, text: string): boolean {
  const network = parseNetwork(text)
  if (network === undefined) return false
  const octets = network.octets.length === 4 ? 4 : 16
  const groupKey = `${octets}/${network.bits}`
  const group = groups.get(groupKey) ?? { octets, bits: network.bits, entries: new Map<string, ClientEntry>() }
  groups.set(groupKey, group)
  const key = network.octets.join('.')
  const holder = group.entries.get(key)
  if (holder !== undefined) return holder === entry
  group.entries.set(key, entry)
  return true
}
