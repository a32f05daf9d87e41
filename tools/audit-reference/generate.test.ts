import { AUDIT_ACTIONS } from '@driftlock/domain'
import { expect, it } from 'vitest'
import { checkedInReference, renderAuditReference } from './generate.ts'

it('finds the checked-in audit reference equal to the lists (else run: node tools/audit-reference/main.ts)', () => {
  expect(checkedInReference()).toBe(renderAuditReference())
})

it('gives no id to two actions', () => {
  const ids = Object.values(AUDIT_ACTIONS).map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
})
