import dgram from 'node:dgram'
import type { LoadResult } from './load.ts'

/** As long as a signed Access-Request. */
const DATAGRAM_OCTETS = 80
const PATIENCE_MS = 3000

/** Sends so many datagrams to a bare echo, so many under way at once. */
export async function echoLoad(port: number, { count, concurrency }: { count: number; concurrency: number }) {
  const socket = dgram.createSocket({ type: 'udp4', recvBufferSize: 4 << 20, sendBufferSize: 4 << 20 })
  await new Promise<void>((resolve) => socket.connect(port, '127.0.0.1', resolve))
  const sentMs = new Float64Array(count)
  const latencies: number[] = []
  let next = 0
  const send = (): void => {
    const datagram = Buffer.alloc(DATAGRAM_OCTETS)
    datagram.writeUInt32BE(next)
    sentMs[next++] = performance.now()
    socket.send(datagram)
  }
  const start = performance.now()
  await new Promise<void>((resolve) => {
    const patience = setTimeout(resolve, PATIENCE_MS)
    socket.on('message', (datagram) => {
      patience.refresh()
      latencies.push(performance.now() - (sentMs[datagram.readUInt32BE()] ?? 0))
      if (next < count) send()
      else if (latencies.length === count) resolve(clearTimeout(patience))
    })
    for (let begun = 0; begun < concurrency; begun++) send()
  })
  const seconds = (performance.now() - start) / 1000
  socket.close()
  const sorted = latencies.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? 0
  const lost = count - sorted.length
  return { perSecond: sorted.length / seconds, lost, wrong: 0, p50Ms: at(0.5), p99Ms: at(0.99) } satisfies LoadResult
}
