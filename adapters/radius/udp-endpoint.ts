import dgram from 'node:dgram'
import type { AddressInfo } from 'node:net'

/** Where to listen for datagrams. Port 0 takes a free one; `sockets` > 1 needs a platform with SO_REUSEPORT. */
export interface UdpListen {
  readonly address: string
  readonly port: number
  readonly sockets?: number
  /** Lets other processes listen on the same port, the kernel sharing clients out among them. */
  readonly isShared?: boolean
}

export type DatagramHandler = (
  datagram: Uint8Array,
  source: { readonly address: string; readonly port: number },
  reply: (octets: Uint8Array) => void,
) => void

export interface Endpoint {
  readonly address: string
  readonly port: number
  close(): Promise<void>
}

const bufferOctets = 4 * 1024 * 1024

/** Opens the socket or sockets of one address and port; rejects when the address is taken or not local. */
export async function openUdpEndpoint(
  listen: UdpListen,
  onDatagram: DatagramHandler,
  onError: (error: unknown) => void,
): Promise<Endpoint> {
  const sockets: dgram.Socket[] = []
  let port = listen.port
  try {
    for (let i = 0; i < Math.max(1, listen.sockets ?? 1); i += 1) {
      const socket = createSocket(listen)
      sockets.push(socket)
      port = await bind(socket, listen.address, port)
      socket.on('error', onError)
      receive(socket, onDatagram, onError)
    }
  } catch (error) {
    await Promise.all(sockets.map(closeSocket))
    throw error
  }
  return { address: listen.address, port, close: async () => void (await Promise.all(sockets.map(closeSocket))) }
}

function createSocket(listen: UdpListen): dgram.Socket {
  const isIpv6 = listen.address.includes(':')
  const reusePort = listen.isShared === true || (listen.sockets ?? 1) > 1
  return dgram.createSocket({
    type: isIpv6 ? 'udp6' : 'udp4',
    ipv6Only: isIpv6, // IPv4 has its own socket, so no address arrives in mapped form
    reusePort,
    recvBufferSize: bufferOctets,
    sendBufferSize: bufferOctets,
    // Answers go to addresses, never to names: no resolver on the way.
    lookup: (host, _, callback) => callback(null, host, isIpv6 ? 6 : 4),
  })
}

function receive(socket: dgram.Socket, onDatagram: DatagramHandler, onError: (error: unknown) => void): void {
  let isOpen = true
  socket.on('close', () => {
    isOpen = false
  })
  socket.on('message', (datagram, source) => {
    onDatagram(datagram, source, (octets) => {
      if (!isOpen) return // a login that was still being judged when the server stopped
      socket.send(octets, source.port, source.address, (error) => {
        if (error) onError(error)
      })
    })
  })
}

function bind(socket: dgram.Socket, address: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject)
    socket.bind({ address, port, exclusive: true }, () => {
      socket.off('error', reject)
      const bound: AddressInfo = socket.address()
      resolve(bound.port)
    })
  })
}

function closeSocket(socket: dgram.Socket): Promise<void> {
  return new Promise((resolve) => {
    try {
      socket.close(() => resolve())
    } catch {
      resolve() // it was never opened, or is closed already
    }
  })
}
