import { existsSync, readFileSync, statSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** As strict as the instance's own: a page that breaks it fails its test. */
export const CONSOLE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ')

export interface BuiltConsole {
  /** Of the console's start page. */
  readonly url: string
  close(): Promise<void>
}

/** Serves a built console alone, with the policy of an instance; its API is answered inside the browser. */
export async function serveBuiltConsole(console: 'self-service-console' | 'security-console'): Promise<BuiltConsole> {
  const dist = fileURLToPath(new URL(`../../../ui/${console}/dist/`, import.meta.url))
  if (!existsSync(join(dist, 'index.html'))) throw new Error(`${console} is not built: npm run build`)
  const prefix = console === 'self-service-console' ? '/self-service/' : '/console/'
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://localhost').pathname)
    const file = join(dist, path.slice(prefix.length))
    const isFile = path.startsWith(prefix) && existsSync(file) && statSync(file).isFile()
    const found = isFile ? file : join(dist, 'index.html')
    response.setHeader('content-security-policy', CONSOLE_POLICY)
    response.setHeader('content-type', TYPES[extname(found)] ?? 'application/octet-stream')
    response.setHeader('content-encoding', 'gzip')
    response.end(gzipSync(readFileSync(found)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${portOf(server)}${prefix}`, close: () => closed(server) }
}

function portOf(server: Server): number {
  // Listening on TCP, so the address is no pipe's name.
  return (server.address() as AddressInfo).port
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}
