import { isIP } from 'node:net'
import type { HttpModule } from '../server/http-module.ts'
import { sendProblem } from '../server/problem.ts'

export interface PlainDocument {
  readonly path: string
  readonly type: string
  readonly content: () => string
}

/**
 * Documents made by the program, for browsers on this machine: a page of another site that had its own name point here is
 * refused by the name it asks for.
 */
export function localDocuments(documents: readonly PlainDocument[]): HttpModule {
  return {
    name: 'documents',
    register(app) {
      for (const { path, type, content } of documents) {
        app.get(path, (request, reply) => {
          if (!isThisMachine(request.hostname)) return sendProblem(request, reply, 404)
          return reply.type(type).send(content())
        })
      }
    },
  }
}

function isThisMachine(hostname: string): boolean {
  const name = hostname.replace(/:\d+$/, '').replace(/^\[|\]$/g, '')
  return name === 'localhost' || isIP(name) !== 0
}
