/**
 * The path of a request as rules compare it: decoded once, without `.`, `..` and double slashes.
 * @returns `undefined` where servers may disagree about which path it is (encoded slashes, backslashes, control
 * characters, path parameters on dot segments, a second encoding): such a request is refused rather than judged by a guess.
 */
export function requestPath(target: string): string | undefined {
  const raw = target.split(/[?#]/, 1)[0] ?? ''
  if (!raw.startsWith('/') || /%(?:2f|5c|00|25)/i.test(raw)) return undefined
  let decoded: string
  try {
    decoded = decodeURIComponent(raw)
  } catch {
    return undefined
  }
  if (/[\\\u0000-\u001f\u007f]/.test(decoded)) return undefined
  const kept: string[] = []
  const parts = decoded.split('/')
  for (const part of parts) {
    if (/^\.{1,2};/.test(part)) return undefined
    if (part === '..') kept.pop()
    else if (part !== '' && part !== '.') kept.push(part)
  }
  const isFolder = ['', '.', '..'].includes(parts.at(-1) ?? '')
  return `/${kept.join('/')}${isFolder && kept.length > 0 ? '/' : ''}`
}
