import type { Configuration } from './configuration.ts'

/** The configuration for people's eyes: an address with a password in it is shown without. */
export function shownConfiguration(configuration: Configuration): Configuration {
  const { database } = configuration
  return { ...configuration, database: database === undefined ? undefined : withoutPassword(database) }
}

export function withoutPassword(address: string): string {
  if (!/^postgres(ql)?:\/\//.test(address)) return address
  const url = new URL(address)
  if (url.password !== '') url.password = 'hidden'
  for (const name of Array.from(url.searchParams.keys())) {
    if (/password|secret|key/i.test(name)) url.searchParams.set(name, 'hidden')
  }
  return url.toString()
}
