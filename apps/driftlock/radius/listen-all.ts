import type { RadiusBound, RadiusServer } from '@driftlock/radius'

export interface ListenAddresses {
  readonly addresses: readonly string[]
  readonly port: number
  readonly tcpPort?: number
  readonly isShared?: boolean
  readonly onError: (error: unknown) => void
}

/** What a platform without IPv6 says to its wildcard address. */
const NO_IPV6: ReadonlySet<unknown> = new Set(['EAFNOSUPPORT', 'EADDRNOTAVAIL', 'EPROTONOSUPPORT'])

/**
 * Has the server listen on every address, UDP and TCP, all on the same ports: a free one that the first address was given is
 * asked for at the others. Rejects with the platform's error when an address cannot be had; then none is listened on.
 */
export async function listenAll(server: RadiusServer, listen: ListenAddresses): Promise<RadiusBound> {
  const { addresses, tcpPort, isShared = false, onError } = listen
  const udp: RadiusBound['udp'][number][] = []
  const tcp: RadiusBound['tcp'][number][] = []
  for (const address of addresses) {
    const given = { address, isShared }
    const wanted = {
      udp: [{ ...given, port: udp[0]?.port ?? listen.port }],
      tcp: tcpPort === undefined ? [] : [{ ...given, port: tcp[0]?.port ?? tcpPort }],
    }
    try {
      const bound = await server.listen(wanted)
      udp.push(...bound.udp)
      tcp.push(...bound.tcp)
    } catch (error) {
      if (address !== '::' || udp.length === 0 || !isWithoutIpv6(error)) {
        await server.close()
        throw error
      }
      onError(new Error('RADIUS is not served over IPv6: this machine has none.', { cause: error }))
    }
  }
  return { udp, tcp }
}

function isWithoutIpv6(error: unknown): boolean {
  return error instanceof Error && 'code' in error && NO_IPV6.has(error.code)
}
