import type { FastifyReply, FastifyRequest } from 'fastify'

/** Cookies of the web agent. `__Host-`: this host alone, over TLS alone; no other host of the domain can set them. */
export const COOKIES = {
  session: '__Host-driftlock',
  dialogue: '__Host-driftlock-dialogue',
  /** A random value that ties forms to the browser they were shown in. */
  browser: '__Host-driftlock-browser',
  /** What the next log-on page has to say about the last attempt. */
  note: '__Host-driftlock-note',
  language: '__Host-driftlock-language',
  tokenKind: '__Host-driftlock-token',
} as const

type CookieName = keyof typeof COOKIES

/** @returns `undefined` where the browser sent none. */
export function cookieOf({ headers }: FastifyRequest, name: CookieName): string | undefined {
  const wanted = `${COOKIES[name]}=`
  for (const part of (headers.cookie ?? '').split(';')) {
    const cookie = part.trimStart()
    if (cookie.startsWith(wanted)) return cookie.slice(wanted.length)
  }
  return undefined
}

/** @param maxAgeSeconds Absent = until the browser is closed. */
export function setCookie(
  reply: FastifyReply,
  name: CookieName,
  cookie: { value: string; maxAgeSeconds?: number },
): void {
  const age = cookie.maxAgeSeconds === undefined ? '' : `; Max-Age=${cookie.maxAgeSeconds}`
  void reply.header('set-cookie', `${COOKIES[name]}=${cookie.value}; Path=/; Secure; HttpOnly; SameSite=Lax${age}`)
}

export function clearCookie(reply: FastifyReply, name: CookieName): void {
  setCookie(reply, name, { value: '', maxAgeSeconds: 0 })
}
