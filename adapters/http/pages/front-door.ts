import type { HttpModule } from '../server/http-module.ts'

/** Takes those who type nothing but the name of the host to `path`: most of them have a token, and want to see to it. */
export function frontDoor(path: string): HttpModule {
  return {
    name: 'front door',
    register(app) {
      app.get('/', (_, reply) => reply.redirect(path, 302))
    },
  }
}
