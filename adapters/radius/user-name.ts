import type { RadiusClient } from './ports.ts'

type NameRules = Pick<RadiusClient, 'stripRealm' | 'userNamePattern' | 'userNameReplacement'>

/** The user name to look up: the client's pattern first, then the realm off. A name that would become empty stays. */
export function mapUserName(presented: string, rules: NameRules): string {
  const mapped = applyPattern(presented, rules)
  const bare = rules.stripRealm ? withoutRealm(mapped) : mapped
  return bare === '' ? presented : bare
}

/** `DOMAIN\user` and `user@realm` to `user`; the last `@` counts, the first backslash. */
function withoutRealm(name: string): string {
  const start = name.indexOf('\\') + 1
  const end = name.lastIndexOf('@')
  return name.slice(start, end > start ? end : undefined)
}

// A pattern has one `*` and no other magic, so that a setting can never make matching slow.
function applyPattern(name: string, { userNamePattern, userNameReplacement = '*' }: NameRules): string {
  if (userNamePattern === undefined) return name
  const star = userNamePattern.indexOf('*')
  if (star < 0) return sameName(name, userNamePattern) ? userNameReplacement : name
  const before = userNamePattern.slice(0, star)
  const after = userNamePattern.slice(star + 1)
  if (name.length <= before.length + after.length) return name
  const middleEnd = name.length - after.length
  if (!sameName(name.slice(0, before.length), before) || !sameName(name.slice(middleEnd), after)) return name
  return userNameReplacement.split('*').join(name.slice(before.length, middleEnd))
}

function sameName(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase()
}
