import { Readable } from 'node:stream'
import {
  ApplicationError,
  type AuditFilter,
  authoriseAct,
  exportAuditRecords,
  searchAudit,
} from '@driftlock/application'
import { auditEndpoints as e } from '@driftlock/contracts'
import { AUDIT_ACTIONS, type AuditAction, REASONS, unixMs } from '@driftlock/domain'
import { ANSWERED, type Call, route, type RoutesOf } from '../api/route.ts'
import type { ApiServices } from '../api/services.ts'
import { actionsOf, auditRecordOf, channelOf } from '../views/activity-view.ts'
import { defined } from '../views/defined.ts'
import { verifyAudit } from './verify-audit.ts'

export function auditRoutes(services: ApiServices): RoutesOf<typeof e> {
  const { read } = services.administration
  return {
    searchAudit: route(e.searchAudit, async ({ query, context }) => {
      const { limit, after, oldestFirst, securityDomainId, ...filter } = query
      const request = { filter: filterOf(filter), limit, ...defined({ after, oldestFirst, within: securityDomainId }) }
      const page = await searchAudit(services, context, request)
      return { ...page, items: page.items.map(auditRecordOf) }
    }),
    getAuditRecord: route(e.getAuditRecord, async ({ params, context }) => {
      const record = await read.auditLog.find(params.recordId)
      const securityDomainId = record?.entry.securityDomainId ?? null
      await authoriseAct(read, context, { permission: 'view-audit', securityDomainId })
      if (record === undefined) throw new ApplicationError('NOT_FOUND', { type: 'audit-record', id: params.recordId })
      return auditRecordOf(record)
    }),
    getAuditVocabulary: route(e.getAuditVocabulary, async () => vocabulary()),
    verifyAudit: route(e.verifyAudit, ({ context }) => verifyAudit(services, context)),
    exportAudit: route(e.exportAudit, async ({ query, context, reply }) => {
      const { format, securityDomainId, ...filter } = query
      const request = { filter: filterOf(filter), format, ...defined({ within: securityDomainId }) }
      const lines = exportAuditRecords(services, context, request)
      // The first piece is asked for before anything is answered, so that a refusal is still a problem.
      const first = await lines.next()
      const type = format === 'csv' ? 'text/csv; charset=utf-8' : 'application/jsonl; charset=utf-8'
      const fileName = `audit.${format === 'csv' ? 'csv' : 'jsonl'}`
      reply.header('content-type', type).header('content-disposition', `attachment; filename="${fileName}"`)
      void reply.send(Readable.from(rejoined(first, lines)))
      return ANSWERED
    }),
  }
}

async function* rejoined(first: IteratorResult<string>, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  if (first.done === true) return
  yield first.value
  yield* rest
}

type Filter = Omit<Call<typeof e.exportAudit>['query'], 'format' | 'securityDomainId'>

function filterOf({ from, before, channel, actions, ...plain }: Filter): Omit<AuditFilter, 'securityDomainIds'> {
  const wanted = actions?.filter((name): name is AuditAction => Object.hasOwn(AUDIT_ACTIONS, name))
  const ofChannel = channel === undefined ? undefined : actionsOf(channel)
  const both =
    wanted !== undefined && ofChannel !== undefined ? wanted.filter((one) => ofChannel.includes(one)) : undefined
  return defined({
    ...plain,
    from: from === undefined ? undefined : unixMs(from),
    before: before === undefined ? undefined : unixMs(before),
    actions: both ?? wanted ?? ofChannel,
  })
}

function vocabulary() {
  const names = Object.keys(AUDIT_ACTIONS) as AuditAction[] // the keys of that very table
  return {
    actions: names.map((action) => ({ action, ...AUDIT_ACTIONS[action], channel: channelOf(action) })),
    reasons: Object.entries(REASONS).map(([reason, { helpDesk }]) => ({ reason, text: helpDesk })),
  }
}
