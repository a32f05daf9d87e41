import { randomInt } from 'node:crypto'
import dgram from 'node:dgram'
import { once } from 'node:events'
import { createServer } from 'node:net'

/** Linux gives ports from 32768 on to whoever asks for any: a port from there may be gone before its program listens. */
const PORTS = { from: 10_000, below: 32_768 } as const

/**
 * A port of 127.0.0.1 for a program that cannot listen at "any port" itself. None that the system hands out meanwhile, so
 * that between this answer and the program's start only somebody who asks for this very port could take it.
 */
export async function freePort(transport: 'tcp' | 'udp' = 'tcp'): Promise<number> {
  for (;;) {
    const port = randomInt(PORTS.from, PORTS.below)
    if (await (transport === 'tcp' ? isFreeForTcp(port) : isFreeForUdp(port))) return port
  }
}

async function isFreeForTcp(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch {
    return false
  }
  server.close()
  await once(server, 'close')
  return true
}

async function isFreeForUdp(port: number): Promise<boolean> {
  const socket = dgram.createSocket('udp4').bind(port, '127.0.0.1')
  try {
    await once(socket, 'listening')
  } catch {
    return false
  }
  socket.close()
  await once(socket, 'close')
  return true
}
