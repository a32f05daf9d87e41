import type { z } from 'zod'
import { ConfigurationError } from './configuration-error.ts'
import type { PlaceOf } from './read-settings-file.ts'

/**
 * The settings as a schema reads them.
 * @param placeOf where a setting was given, for the message; of what is missing or misnamed, where the part around it was.
 * @throws ConfigurationError with a line for each fault: place, name and cause.
 */
export function checkedSettings<S extends z.ZodType>(schema: S, settings: unknown, placeOf: PlaceOf): z.infer<S> {
  const read = schema.safeParse(settings)
  if (read.success) return read.data
  throw new ConfigurationError(
    read.error.issues.flatMap(faultsOf).map(({ path, message }) => {
      const name = path.map(String).join('.') || 'configuration'
      return `${nearestPlace(path, placeOf)}${name}: ${message}`
    }),
  )
}

interface Fault {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

/** A fault of each name that nobody knows, where it stands, and words for what is not there. */
function faultsOf(issue: z.core.$ZodIssue): readonly Fault[] {
  const { path, message } = issue
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: [...path, key], message: 'no such setting' }))
  return [{ path, message: message.endsWith('received undefined') ? 'is missing' : message }]
}

function nearestPlace(path: readonly PropertyKey[], placeOf: PlaceOf): string {
  for (let length = path.length; length >= 0; length--) {
    const place = placeOf(path.slice(0, length))
    if (place !== undefined) return place
  }
  return ''
}
