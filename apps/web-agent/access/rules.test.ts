import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { requestPath } from './request-path.ts'
import { type AccessRule, judgeVisit } from './rules.ts'

const NOW_MS = 1_800_000_000_000
const ada = { username: 'ada', groups: ['Example'], loggedOnAt: NOW_MS - 20 * 60_000 }
const judge = (rules: readonly AccessRule[], target: string, visitor: typeof ada | undefined = ada) =>
  judgeVisit(rules, { host: 'app.example.com', target, visitor, nowMs: NOW_MS })

describe('access rules', () => {
  it('let in whoever is logged on where no rule fits', () => {
    expect(judge([], '/')).toBe('let-in')
    expect(judgeVisit([], { host: 'h', target: '/', visitor: undefined, nowMs: NOW_MS })).toBe('log-on')
  })

  it('count in their order, for a host, its domain and a path with everything below it', () => {
    const rules: AccessRule[] = [
      { path: '/admin/open', access: 'open' },
      { path: '/admin', access: 'closed' },
      { host: '*.example.com', path: '/lab', groups: ['Lab'] },
      { host: 'other.example.com', access: 'closed' },
    ]
    expect(judge(rules, '/admin/open/x')).toBe('let-in')
    expect(judge(rules, '/admin')).toBe('forbidden')
    expect(judge(rules, '/administration')).toBe('let-in')
    expect(judge(rules, '/lab/1')).toBe('forbidden')
    expect(judge(rules, '/')).toBe('let-in')
  })

  it('take a group or a name, whichever fits', () => {
    expect(judge([{ groups: ['Example', 'Lab'] }], '/')).toBe('let-in')
    expect(judge([{ groups: ['Lab'], users: ['ADA'] }], '/')).toBe('let-in')
    expect(judge([{ users: ['bob'] }], '/')).toBe('forbidden')
  })

  it('ask for a log-on again when the last one is too old', () => {
    expect(judge([{ path: '/pay', reauthenticateMinutes: 10 }], '/pay')).toBe('log-on-again')
    expect(judge([{ path: '/pay', reauthenticateMinutes: 30 }], '/pay')).toBe('let-in')
  })

  it('never let a spelling of a closed path pass', () => {
    const spelling = fc.constantFrom('/', '//', '/./', '/x/../', '/%2e/', '/x/%2E%2e/', '/..//')
    const word = fc.constantFrom('closed', '%63losed', 'clos%65d')
    fc.assert(
      fc.property(spelling, word, fc.constantFrom('', '/', '/x', '?y=1', '/%2e'), (before, name, after) => {
        expect(judge([{ path: '/closed', access: 'closed' }], before + name + after)).toBe('forbidden')
      }),
    )
  })

  it.each(['/a%2fb', '/a%5cb', '/a\\b', '/a%00', '/a%252e', '/..;/closed', '/%zz', 'closed'])(
    'do not guess which path %s is',
    (target) => {
      expect(requestPath(target)).toBeUndefined()
    },
  )
})
