import type { AuditActor, AuditOutcome } from '@driftlock/domain'
import type { Edge, LoginOutcome, Metrics } from '@driftlock/http'
import type { LoginWatch } from '../instance/open-instance.ts'

const EDGES: Readonly<Partial<Record<AuditActor['type'], Edge>>> = { agent: 'agent-api', 'radius-client': 'radius' }

const OUTCOMES: Readonly<Record<AuditOutcome, LoginOutcome>> = {
  success: 'accept',
  failure: 'reject',
  warning: 'challenge',
}

/** Log-ons of every edge as metrics, counted from the audit records that go to disk with them. */
export function loginWatch(metrics: Metrics): LoginWatch {
  return {
    committed: ({ action, actor, outcome }) => {
      if (action === 'authenticate') metrics.login(EDGES[actor.type] ?? 'console', OUTCOMES[outcome])
    },
    surprised: (surpriseMs) => metrics.drift(surpriseMs),
    batched: (kind, size) => metrics.batch(kind, size),
    appCodes: metrics.appCodes,
  }
}
