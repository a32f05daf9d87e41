import type { InstanceRegistry, Job, JobStatus, JobStore, LeaseStore, OperationsStore } from '@driftlock/application'
import { sql } from 'kysely'
import { keyAfter, pageOf, rowsToRead } from '../administration/paging.ts'
import { expectWritten } from '../administration/writing.ts'
import { translating } from '../administration/translating.ts'
import type { Engine } from '../engine.ts'
import { flag, instant, instantOrNull } from '../rows/values.ts'
import type { JobColumns } from '../schema/tables.ts'
import { attemptArchive, attemptMemory } from './attempt-memory.ts'
import { radiusCountStore } from './radius-counts.ts'
import { sharedAnswers } from './shared-answers.ts'

function instances({ reader, write }: Engine): InstanceRegistry {
  return {
    async register({ id, name, role, version, address, startedAt, heartbeatAt, stoppedAt }) {
      const columns = {
        role,
        version,
        address,
        started_at: startedAt,
        heartbeat_at: heartbeatAt,
        stopped_at: stoppedAt,
      }
      await write((queries) =>
        queries
          .insertInto('instances')
          .values({ id, name, ...columns })
          .onConflict((conflict) => conflict.column('name').doUpdateSet({ id, ...columns }))
          .execute(),
      )
    },
    async heartbeat(id, at) {
      await write((queries) =>
        queries.updateTable('instances').set({ heartbeat_at: at }).where('id', '=', id).execute(),
      )
    },
    async markStopped(id, at) {
      await write((queries) => queries.updateTable('instances').set({ stopped_at: at }).where('id', '=', id).execute())
    },
    async all() {
      const rows = await reader.selectFrom('instances').selectAll().orderBy('name').execute()
      return rows.map((row) => ({
        id: row.id,
        name: row.name,
        role: row.role,
        version: row.version,
        address: row.address,
        startedAt: instant(row.started_at),
        heartbeatAt: instant(row.heartbeat_at),
        stoppedAt: instantOrNull(row.stopped_at),
      }))
    },
  }
}

function jobOf(row: JobColumns): Job {
  return {
    id: row.id,
    kind: row.kind,
    status: row.status as JobStatus, // written by jobColumns
    parameters: JSON.parse(row.parameters),
    checkpoint: JSON.parse(row.checkpoint),
    doneCount: row.done_count,
    totalCount: row.total_count,
    result: JSON.parse(row.result),
    errorCode: row.error_code,
    createdBy: row.created_by,
    createdAt: instant(row.created_at),
    startedAt: instantOrNull(row.started_at),
    finishedAt: instantOrNull(row.finished_at),
    cancelRequested: row.cancel_requested === 1,
  }
}

function progressColumns(job: Job) {
  return {
    status: job.status,
    checkpoint: JSON.stringify(job.checkpoint ?? null),
    done_count: job.doneCount,
    total_count: job.totalCount,
    result: JSON.stringify(job.result ?? null),
    error_code: job.errorCode,
    started_at: job.startedAt,
    finished_at: job.finishedAt,
  }
}

// oxlint-disable-next-line max-lines-per-function -- a table of short functions over one connection
function jobs({ reader, write }: Engine): JobStore {
  return {
    async enqueue(job) {
      const { id, kind, parameters, createdBy, createdAt, cancelRequested } = job
      const columns = {
        id,
        kind,
        parameters: JSON.stringify(parameters ?? null),
        created_by: createdBy,
        created_at: createdAt,
        cancel_requested: flag(cancelRequested),
        ...progressColumns(job),
      }
      await write((queries) => queries.insertInto('jobs').values(columns).execute())
    },
    async find(id) {
      const row = await reader.selectFrom('jobs').selectAll().where('id', '=', id).executeTakeFirst()
      return row && jobOf(row)
    },
    async list({ kind, status }, page) {
      const key = keyAfter(page, 2)
      let query = reader.selectFrom('jobs').selectAll()
      if (kind !== undefined) query = query.where('kind', '=', kind)
      if (status !== undefined) query = query.where('status', '=', status)
      if (key !== undefined) query = query.where(sql<boolean>`(created_at, id) < (${key[0]}, ${key[1]})`)
      const rows = await query.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(rowsToRead(page)).execute()
      return pageOf(rows, page, { item: jobOf, key: (row) => [row.created_at, row.id] })
    },
    claim: ({ kinds, holder, now, until }) =>
      write(async (queries) => {
        if (kinds.length === 0) return undefined
        const free = queries
          .selectFrom('jobs')
          .select('id')
          .where(sql<boolean>`status IN ('queued', 'running')`)
          .where((where) => where.or([where('held_until', 'is', null), where('held_until', '<', now)]))
          .where('kind', 'in', kinds)
          .orderBy('created_at')
          .orderBy('id')
          .limit(1)
        // The second look at held_until settles a race: PostgreSQL looks again at a row it had to wait for.
        const row = await queries
          .updateTable('jobs')
          .set({
            holder,
            held_until: until,
            status: 'running',
            started_at: sql<number>`COALESCE(started_at, ${sql.lit(now)})`,
          })
          .where('id', 'in', free)
          .where((where) => where.or([where('held_until', 'is', null), where('held_until', '<', now)]))
          .returningAll()
          .executeTakeFirst()
        return row && jobOf(row)
      }),
    report: (job, { holder, until }) =>
      write(async (queries) => {
        const isOver = job.finishedAt !== null
        const result = await queries
          .updateTable('jobs')
          .set({ ...progressColumns(job), held_until: isOver ? null : until, holder: isOver ? null : holder })
          .where('id', '=', job.id)
          .where('holder', '=', holder)
          .executeTakeFirst()
        return result.numUpdatedRows === 1n
      }),
    async requestCancel(id) {
      const result = await write((queries) =>
        queries.updateTable('jobs').set({ cancel_requested: 1 }).where('id', '=', id).executeTakeFirst(),
      )
      expectWritten(result, 'job', id)
    },
    removeFinishedBefore: (before) =>
      write(async (queries) => {
        const result = await queries.deleteFrom('jobs').where('finished_at', '<', before).executeTakeFirst()
        return Number(result.numDeletedRows)
      }),
  }
}

function leases({ write }: Engine): LeaseStore {
  return {
    acquire: (name, { holder, now, until }) =>
      write(async (queries) => {
        const result = await queries
          .insertInto('leases')
          .values({ name, holder, held_until: until })
          .onConflict((conflict) =>
            conflict
              .column('name')
              .doUpdateSet({ holder, held_until: until })
              .where((where) => where.or([where('leases.holder', '=', holder), where('leases.held_until', '<', now)])),
          )
          .executeTakeFirst()
        return result.numInsertedOrUpdatedRows === 1n
      }),
    async release(name, holder) {
      await write((queries) =>
        queries.deleteFrom('leases').where('name', '=', name).where('holder', '=', holder).execute(),
      )
    },
  }
}

/** What instances share among themselves; not audited. */
export function sqlOperationsStore(engine: Engine): OperationsStore {
  return {
    instances: translating(instances(engine), engine.translate),
    jobs: translating(jobs(engine), engine.translate),
    leases: translating(leases(engine), engine.translate),
    attempts: translating(attemptArchive(engine), engine.translate),
    dialogues: translating(attemptMemory(engine, { waitsForDisk: false }), engine.translate),
    answers: sharedAnswers(engine),
    radiusCounts: translating(radiusCountStore(engine), engine.translate),
  }
}
