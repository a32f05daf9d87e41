import type { FastifyInstance, FastifyRequest } from 'fastify'

export interface BodyTimes {
  /** A body of usual size is there within this time. */
  readonly bodyMs: number
  /** An upload may take hours, as long as something comes within this time. */
  readonly uploadSilenceMs: number
}

const USUAL_TIMES: BodyTimes = { bodyMs: 30_000, uploadSilenceMs: 300_000 }

/**
 * Cuts off who does not finish sending: bodies of at most `usualLimitOctets` have 30 s; routes that take more are uploads,
 * which may take as long as they like but not fall silent for five minutes.
 */
export function boundBodies(app: FastifyInstance, usualLimitOctets: number, times = USUAL_TIMES): void {
  app.addHook('onRequest', (request, _reply, done) => {
    if (hasBody(request)) {
      if ((request.routeOptions.bodyLimit ?? 0) > usualLimitOctets) boundSilence(request, times)
      else boundTime(request, times)
    }
    done()
  })
}

function hasBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

function boundTime({ raw }: FastifyRequest, { bodyMs }: BodyTimes): void {
  const cut = setTimeout(() => raw.socket.destroy(), bodyMs)
  const clear = (): void => clearTimeout(cut)
  raw.once('end', clear)
  raw.once('close', clear)
}

function boundSilence({ raw }: FastifyRequest, { uploadSilenceMs }: BodyTimes): void {
  const { socket } = raw
  const cut = (): void => void socket.destroy()
  const clear = (): void => {
    socket.off('timeout', cut)
    socket.setTimeout(0)
  }
  socket.setTimeout(uploadSilenceMs, cut)
  raw.once('end', clear)
  raw.once('close', clear)
}
