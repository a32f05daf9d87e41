const LONGEST = 1024

/** Where the web agent's own pages lie on every host that it protects. */
export const OWN_PATH = '/.driftlock'

/** The page that says the token is ready, where the agent has no site of its own. */
export const DONE_PATH = `${OWN_PATH}/done`

/**
 * A place to go to after a log-on: a path of the same host, whatever was asked for. Another host, the agent's own pages, or
 * anything a browser might read as another host becomes `/`.
 */
export function returnPath(wanted: string | undefined): string {
  if (wanted === undefined || wanted.length > LONGEST || !/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(wanted)) return '/'
  const base = 'https://host.invalid'
  const url = URL.parse(wanted, base)
  if (url === null || url.origin !== base || url.pathname.startsWith('//')) return '/'
  if (url.pathname === DONE_PATH) return DONE_PATH
  if (url.pathname === OWN_PATH || url.pathname.startsWith(`${OWN_PATH}/`)) return '/'
  return url.pathname + url.search
}
