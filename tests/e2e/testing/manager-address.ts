import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A fixed address of a manager that may be restarted elsewhere, or be down, behind it. */
export interface ManagerAddress {
  readonly url: string
  /** `undefined` = whoever connects is cut off. */
  pointTo(url: string | undefined): void
  close(): Promise<void>
}

export async function openManagerAddress(target: string): Promise<ManagerAddress> {
  let port: number | undefined = Number(new URL(target).port)
  const sockets = new Set<Socket>()
  const keep = (socket: Socket): Socket => {
    sockets.add(socket)
    return socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket))
  }
  const server = createServer((socket) => {
    keep(socket)
    if (port === undefined) {
      socket.destroy()
      return
    }
    const onward = keep(connect(port, '127.0.0.1'))
    socket.pipe(onward).pipe(socket)
    socket.on('close', () => onward.destroy())
    onward.on('close', () => socket.destroy())
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const own = server.address() as AddressInfo // it listens at a port
  return {
    url: `http://127.0.0.1:${own.port}/mfa/v1_1`,
    pointTo(url) {
      port = url === undefined ? undefined : Number(new URL(url).port)
      for (const socket of sockets) socket.destroy()
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
