import { environmentName, SETTING_PLACES } from './setting-sources.ts'

type Environment = Readonly<Record<string, string | undefined>>

const PREFIX = 'DRIFTLOCK_'

/** Read by the program itself, beside the settings. */
const BESIDE_SETTINGS = ['DRIFTLOCK_DATA', 'DRIFTLOCK_MASTER_KEY', 'DRIFTLOCK_DEBUG']

const KNOWN: readonly string[] = [
  ...BESIDE_SETTINGS,
  ...SETTING_PLACES.flatMap((place) => {
    const name = environmentName(place)
    return place.secret === true ? [name, `${name}_FILE`] : [name]
  }),
]

/** One such variable in words. */
export interface UnknownVariable {
  readonly text: string
  /** Empty when no setting has a name like it. */
  readonly advice: string
}

/**
 * Every variable that begins as ours do and is none, by name: a misspelt setting would be passed over in silence.
 * It is no reason to refuse, since others put variables there too: Kubernetes does for every service called driftlock.
 * Values are never told.
 */
export function unknownVariables(environment: Environment): readonly UnknownVariable[] {
  return Object.keys(environment)
    .filter((name) => name.startsWith(PREFIX) && !KNOWN.includes(name) && !isOfKubernetes(name, environment[name]))
    .toSorted()
    .map((name) => {
      const nearest = nearestKnown(name)
      return {
        text: `The environment variable ${name} is no setting and is passed over.`,
        advice: nearest === undefined ? '' : `Did you mean ${nearest}?`,
      }
    })
}

/** What Kubernetes tells every container of the services around it, in its own and in Docker's old form. */
function isOfKubernetes(name: string, value: string | undefined): boolean {
  return (
    /_SERVICE_(HOST|PORT(_[A-Z\d_]+)?)$/.test(name) ||
    /_PORT_\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?$/.test(name) ||
    (name.endsWith('_PORT') && isServiceAddress(value))
  )
}

/** Kubernetes sets `DRIFTLOCK_HTTP_PORT` to such an address where a service is called driftlock-http. */
export function isServiceAddress(value: string | undefined): boolean {
  return value !== undefined && /^(tcp|udp|sctp):\/\//.test(value)
}

function nearestKnown(name: string): string | undefined {
  const withoutFile = name.replace(/_FILE$/, '')
  if (KNOWN.includes(withoutFile)) return withoutFile
  const given = name.slice(PREFIX.length)
  const completed = KNOWN.filter((known) => abbreviates(given, known.slice(PREFIX.length)))
  return completed.toSorted((a, b) => a.length - b.length)[0] ?? nearestBySpelling(given)
}

/** Whether every word of `short` begins a word of `long`, in the same order: TLS_CERT_FILE, HTTP_TLS_CERTIFICATE_FILE. */
function abbreviates(short: string, long: string): boolean {
  let words = long.split('_')
  return short.split('_').every((part) => {
    const at = words.findIndex((word) => part !== '' && word.startsWith(part))
    words = words.slice(at + 1)
    return at !== -1
  })
}

/** As many letters may differ as one in three, two at least. */
function nearestBySpelling(given: string): string | undefined {
  const most = Math.max(2, Math.floor(given.length / 3))
  return KNOWN.map((known) => ({ known, apart: lettersApart(given, known.slice(PREFIX.length)) }))
    .filter(({ apart }) => apart <= most)
    .toSorted((a, b) => a.apart - b.apart)[0]?.known
}

/** Levenshtein distance: letters to put in, take out or change. */
function lettersApart(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= b.length; column += 1) {
      const changed = (above[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1)
      current.push(Math.min(changed, (above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1))
    }
    above = current
  }
  return above[b.length] ?? 0
}
