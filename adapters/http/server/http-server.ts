import type { Server } from 'node:http'
import { Server as TlsServer } from 'node:https'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { answerMissing } from './answer-missing.ts'
import { boundBodies } from './body-deadline.ts'
import type { HttpModule } from './http-module.ts'
import { keepKnownPaths } from './known-paths.ts'
import { answerError } from './problem.ts'
import { limitRequests, type RequestLimits } from './request-budget.ts'
import { requestIds } from './request-id.ts'
import { securityHeaders } from './security-headers.ts'
import { readTlsFiles, type TlsFiles, tlsFilesState } from './tls-files.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answered to a proxy, never to a browser: the headers of pages are left out. */
    isVerdict?: boolean
  }
}

export interface HttpServerOptions extends RequestLimits {
  readonly host: string
  /** 0 = any free port. */
  readonly port: number
  /** Absent = plain HTTP, for the loopback interface or behind a proxy that ends TLS. */
  readonly tls?: TlsFiles
  /** Addresses and networks whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[]
  readonly logger: FastifyBaseLogger
  readonly modules: readonly HttpModule[]
}

export interface HttpServer {
  /** With the port it was given. */
  readonly url: string
  /** Fastify itself, for `inject` in tests. */
  readonly app: FastifyInstance
  /** Takes up renewed TLS files. @returns whether they had changed. */
  reloadTls(): Promise<boolean>
  /** Refuses what is new, finishes what was accepted, and cuts off what is left after `withinMs`. */
  stop(withinMs: number): Promise<void>
}

const KEEP_ALIVE_MS = 72_000
const HEADERS_MS = 10_000
const BODY_LIMIT_OCTETS = 1_048_576
const HEADER_LIMIT_OCTETS = 16_384
const MOST_HEADERS = 100

/** Starts a server with these modules. @throws the platform's error when the address cannot be had. */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const app = await makeApp(options)
  const tlsState = options.tls && (await tlsFilesState(options.tls))
  await app.listen({ host: options.host, port: options.port })
  return { url: urlOf(app, options), app, reloadTls: tlsReloader(app, options.tls, tlsState), stop: stopper(app) }
}

async function makeApp(options: HttpServerOptions): Promise<FastifyInstance> {
  const { tls, trustedProxies, logger, modules } = options
  const http = {
    keepAliveTimeout: KEEP_ALIVE_MS,
    // Bodies have their own deadlines: see body-deadline.ts.
    requestTimeout: 0,
    headersTimeout: HEADERS_MS,
    maxHeaderSize: HEADER_LIMIT_OCTETS,
  }
  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: trustedProxies.length === 0 ? false : [...trustedProxies],
    bodyLimit: BODY_LIMIT_OCTETS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    requestTimeout: 0,
    genReqId: requestIds(),
    return503OnClosing: true,
    forceCloseConnections: 'idle',
    ...(tls === undefined ? { http } : { https: { ...http, minVersion: 'TLSv1.2', ...(await readTlsFiles(tls)) } }),
  }) as unknown as FastifyInstance // the type differs by kind of server only
  app.server.maxHeadersCount = MOST_HEADERS
  const headers = securityHeaders({ encrypted: tls !== undefined })
  app.addHook('onRequest', (request, reply, done) => {
    // Programs that ask for a verdict alone read no page: what protects pages would be most of the answer.
    if (request.routeOptions.config.isVerdict !== true) reply.headers(headers).header('x-request-id', request.id)
    done()
  })
  keepKnownPaths(app)
  app.setErrorHandler(answerError)
  limitRequests(app, options, { monotonicMs: () => performance.now() })
  app.setNotFoundHandler(answerMissing)
  boundBodies(app, BODY_LIMIT_OCTETS)
  for (const module of modules) await app.register(async (scope) => module.register(scope))
  return app
}

function urlOf(app: FastifyInstance, { host, tls }: HttpServerOptions): string {
  const address = app.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `${tls === undefined ? 'http' : 'https'}://${shown}:${port}`
}

function tlsReloader(app: FastifyInstance, files: TlsFiles | undefined, startState: string | undefined) {
  let state = startState
  return async (): Promise<boolean> => {
    const server: Server = app.server
    if (files === undefined || !(server instanceof TlsServer)) return false
    const found = await tlsFilesState(files)
    if (found === state) return false
    server.setSecureContext(await readTlsFiles(files))
    state = found
    return true
  }
}

function stopper(app: FastifyInstance) {
  return async (withinMs: number): Promise<void> => {
    const cut = setTimeout(() => app.server.closeAllConnections(), withinMs)
    try {
      await app.close()
    } finally {
      clearTimeout(cut)
    }
  }
}
