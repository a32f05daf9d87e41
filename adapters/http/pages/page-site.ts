import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { HttpModule } from '../server/http-module.ts'
import { answerMissing } from '../server/answer-missing.ts'

export interface PageSite {
  /** Where it is served, with a slash at both ends. */
  readonly prefix: string
  /** What was built: `index.html`, and files below `assets/` whose names change with their content. */
  readonly folder: string
}

const ONE_YEAR_SECONDS = 31_536_000

/** The files of one console. Addresses that are no file get its page, which finds out by itself what to show there. */
export function pageSite({ prefix, folder }: PageSite): HttpModule {
  return {
    name: `pages at ${prefix}`,
    async register(app) {
      if (!existsSync(join(folder, 'index.html'))) {
        app.log.warn({ prefix, folder }, 'these pages were not built and are not served. Run: npm run build')
        return
      }
      await app.register(
        async (scope) => {
          await scope.register(fastifyStatic, {
            root: folder,
            cacheControl: false,
            redirect: false,
            preCompressed: true,
            setHeaders: (reply, path) => {
              const lasting = path.startsWith(join(folder, 'assets'))
              void reply.header('cache-control', lasting ? `max-age=${ONE_YEAR_SECONDS}, immutable` : 'no-cache')
            },
          })
          scope.setNotFoundHandler((request, reply) => {
            const isPage = request.method === 'GET' && !request.url.includes('/assets/')
            return isPage ? reply.sendFile('index.html') : answerMissing(request, reply)
          })
        },
        { prefix },
      )
      app.get(prefix.slice(0, -1), (_, reply) => reply.redirect(prefix, 308))
    },
  }
}
