import { requestPath } from './request-path.ts'

export interface AccessRule {
  /** A host name, `*.example.com` for every host below it; absent = every host. */
  readonly host?: string | undefined
  /** The path and everything below it; absent = every path. */
  readonly path?: string | undefined
  /** `open` lets everybody in, `closed` nobody; absent = whoever is logged on. */
  readonly access?: 'open' | 'logged-on' | 'closed' | undefined
  /** One of them is enough; absent = everybody who is logged on. */
  readonly groups?: readonly string[] | undefined
  readonly users?: readonly string[] | undefined
  /** A log-on older than this has to be repeated. */
  readonly reauthenticateMinutes?: number | undefined
}

export interface Visitor {
  readonly username: string
  readonly groups: readonly string[]
  /** Milliseconds since the epoch. */
  readonly loggedOnAt: number
}

export interface Visit {
  readonly host: string
  /** Path and query as they were asked for. */
  readonly target: string
  /** `undefined` = not logged on. */
  readonly visitor: Visitor | undefined
  readonly nowMs: number
}

export type Verdict = 'let-in' | 'log-on' | 'log-on-again' | 'forbidden'

const MS_PER_MINUTE = 60_000

/** Judges a request by the first rule that fits; where none does, whoever is logged on may in. */
export function judgeVisit(rules: readonly AccessRule[], { host, target, visitor, nowMs }: Visit): Verdict {
  const path = requestPath(target)
  if (path === undefined) return 'forbidden'
  const rule = rules.find((one) => isHost(one.host, host) && isBelow(one.path, path))
  if (rule?.access === 'open') return 'let-in'
  if (rule?.access === 'closed') return 'forbidden'
  if (visitor === undefined) return 'log-on'
  if (rule === undefined) return 'let-in'
  if (!isMember(rule, visitor)) return 'forbidden'
  const { reauthenticateMinutes } = rule
  const isOld =
    reauthenticateMinutes !== undefined && nowMs - visitor.loggedOnAt > reauthenticateMinutes * MS_PER_MINUTE
  return isOld ? 'log-on-again' : 'let-in'
}

function isMember({ groups, users }: AccessRule, visitor: Visitor): boolean {
  if (groups === undefined && users === undefined) return true
  const name = visitor.username.toLowerCase()
  return (
    (groups ?? []).some((group) => visitor.groups.includes(group)) ||
    (users ?? []).some((user) => user.toLowerCase() === name)
  )
}

function isHost(wanted: string | undefined, host: string): boolean {
  if (wanted === undefined) return true
  const name = wanted.toLowerCase()
  return name.startsWith('*.') ? host.endsWith(name.slice(1)) : name === host
}

/** `/admin` holds `/admin` and `/admin/x`, not `/administration`. */
function isBelow(wanted: string | undefined, path: string): boolean {
  if (wanted === undefined) return true
  const folder = wanted.endsWith('/') ? wanted : `${wanted}/`
  return `${path}/`.startsWith(folder)
}
