import type { FastifyInstance, FastifyRequest } from 'fastify'

const BODY_MS = 30_000
/** An upload may take hours, as long as something comes. */
const UPLOAD_SILENCE_MS = 300_000

/**
 * Cuts off who does not finish sending: bodies of at most `usualLimitOctets` have 30 s; routes that take more are uploads,
 * which may take as long as they like but not fall silent for five minutes.
 */
export function boundBodies(app: FastifyInstance, usualLimitOctets: number): void {
  app.addHook('onRequest', (request, _reply, done) => {
    if (hasBody(request)) {
      if ((request.routeOptions.bodyLimit ?? 0) > usualLimitOctets) boundSilence(request)
      else boundTime(request)
    }
    done()
  })
}

function hasBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

function boundTime({ raw }: FastifyRequest): void {
  const cut = setTimeout(() => raw.socket.destroy(), BODY_MS)
  const clear = (): void => clearTimeout(cut)
  raw.once('end', clear)
  raw.once('close', clear)
}

function boundSilence({ raw }: FastifyRequest): void {
  const { socket } = raw
  const cut = (): void => void socket.destroy()
  const clear = (): void => {
    socket.off('timeout', cut)
    socket.setTimeout(0)
  }
  socket.setTimeout(UPLOAD_SILENCE_MS, cut)
  raw.once('end', clear)
  raw.once('close', clear)
}
