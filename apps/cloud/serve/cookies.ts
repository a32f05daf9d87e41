import type { FastifyRequest } from 'fastify'

/** @returns undefined where the browser sent none of that name. */
export function cookieOf({ headers }: FastifyRequest, name: string): string | undefined {
  const wanted = `${name}=`
  const parts = (headers.cookie ?? '').split(';').map((part) => part.trim())
  return parts.find((part) => part.startsWith(wanted))?.slice(wanted.length)
}
