const oneYearSeconds = 365 * 24 * 60 * 60

/**
 * Remembers a choice that is no secret (language, theme) in a cookie, so that the log-on pages,
 * which the server renders, follow it too.
 */
export function rememberPreference(name: string, value: string): void {
  document.cookie = `driftlock-${name}=${encodeURIComponent(value)}; path=/; max-age=${oneYearSeconds}; SameSite=Lax`
}

/** A remembered choice, or undefined where none was made. */
export function preference(name: string): string | undefined {
  const start = `driftlock-${name}=`
  const pair = document.cookie.split('; ').find((entry) => entry.startsWith(start))
  return pair === undefined ? undefined : decodeURIComponent(pair.slice(start.length))
}
