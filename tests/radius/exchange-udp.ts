import dgram from 'node:dgram'
import { once } from 'node:events'

export interface UdpTarget {
  readonly port: number
  /** A local address to send from; absent = the system's choice. */
  readonly from?: string
  /** How long an answer is waited for. */
  readonly waitMs?: number
}

/**
 * Sends packets from one socket to a server on 127.0.0.1, one after the other, each when the one before was answered or its
 * time was up. @returns what came back for each; `undefined` = nothing.
 */
export async function exchangeUdp(
  packets: readonly Uint8Array[],
  { port, from, waitMs = 5000 }: UdpTarget,
): Promise<readonly (Buffer | undefined)[]> {
  const socket = dgram.createSocket('udp4')
  socket.bind(0, from)
  await once(socket, 'listening')
  const answers: (Buffer | undefined)[] = []
  for (const packet of packets) {
    const answer = once(socket, 'message', { signal: AbortSignal.timeout(waitMs) })
    socket.send(packet, port, '127.0.0.1')
    answers.push(
      await answer.then(
        ([octets]) => octets as Buffer, // the first argument of the event
        () => undefined,
      ),
    )
  }
  socket.close()
  return answers
}
