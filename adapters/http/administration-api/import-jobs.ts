import {
  type AdministrationContext,
  type ImportReport,
  importTokens,
  type ImportTokensRequest,
  type Job,
  uniqueId,
} from '@driftlock/application'
import type { ImportResult } from '@driftlock/contracts'
import type { ApiServices } from '../api/services.ts'
import { ApiError } from '../api/api-error.ts'

export const IMPORT_JOB = 'import-tokens'

/** Somebody asked the import to stop. */
class ImportCancelled extends Error {
  readonly code = 'CANCELLED'
}

/**
 * Imports as jobs of this instance: the file is read while it is uploaded and never lies anywhere as a whole. Progress is kept
 * in memory and the end in the store.
 */
export class ImportJobs {
  readonly #services: ApiServices
  readonly #running = new Map<string, Job>()

  constructor(services: ApiServices) {
    this.#services = services
  }

  running(id: string): Job | undefined {
    return this.#running.get(id)
  }

  cancel(id: string): void {
    const job = this.#running.get(id)
    if (job !== undefined) this.#running.set(id, { ...job, cancelRequested: true })
  }

  /** Reads and imports the upload. @throws ApplicationError when the caller may not, or the domain is not there. */
  async run(
    context: AdministrationContext,
    request: Omit<ImportTokensRequest, 'onProgress'>,
    jobId: string | undefined,
  ): Promise<Job> {
    const { clock, operations } = this.#services
    const now = clock.now()
    const id = jobId ?? uniqueId(this.#services)
    if ((await operations.jobs.find(id)) !== undefined || this.#running.has(id))
      throw new ApiError('INVALID_REQUEST', { detail: 'jobId: there is a job of this id already. Make a fresh one.' })
    const { origin, duplicates, dryRun = false, securityDomainId } = request
    const job: Job = {
      id,
      kind: IMPORT_JOB,
      status: 'running',
      parameters: { origin, duplicates, dryRun, securityDomainId },
      checkpoint: null,
      doneCount: 0,
      totalCount: null,
      result: null,
      errorCode: null,
      createdBy: context.actor.name,
      createdAt: now,
      startedAt: now,
      finishedAt: null,
      cancelRequested: false,
    }
    this.#running.set(id, job)
    const { aroundImport = (work) => work() } = this.#services
    try {
      return await aroundImport(() => this.#work(context, request, id))
    } finally {
      this.#running.delete(id)
    }
  }

  async #work(
    context: AdministrationContext,
    request: Omit<ImportTokensRequest, 'onProgress'>,
    id: string,
  ): Promise<Job> {
    try {
      const report = await importTokens(this.#services, context, {
        ...request,
        source: this.#watched(request.source, id),
        onProgress: ({ recordCount }) => this.#change(id, { doneCount: recordCount }),
      })
      const status = report.outcome === 'refused' ? 'failed' : 'succeeded'
      const errorCode = report.outcome === 'refused' ? 'IMPORT_REFUSED' : null
      return await this.#finish(id, {
        status,
        errorCode,
        result: importResultOf(report),
        doneCount: report.recordCount,
      })
    } catch (error) {
      if (!(error instanceof ImportCancelled)) throw error
      return this.#finish(id, { status: 'cancelled' })
    }
  }

  async *#watched(source: AsyncIterable<Uint8Array>, id: string): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      if (this.#running.get(id)?.cancelRequested === true) throw new ImportCancelled('The import was stopped.')
      yield chunk
    }
  }

  #change(id: string, change: Partial<Job>): Job {
    const job = this.#running.get(id)
    if (job === undefined) throw new TypeError('A running import has its job.')
    const changed = { ...job, ...change }
    this.#running.set(id, changed)
    return changed
  }

  async #finish(id: string, ending: Partial<Job>): Promise<Job> {
    const { clock, operations } = this.#services
    const now = clock.now()
    const job = this.#change(id, { ...ending, finishedAt: now })
    const ended = { ...job, totalCount: job.doneCount }
    await operations.jobs.enqueue(ended)
    return ended
  }
}

function importResultOf(report: ImportReport): ImportResult {
  const { errors, errorCount, duplicates, duplicateCount, outcome, format, recordCount, inserted, replaced, skipped } =
    report
  return {
    outcome,
    format,
    recordCount,
    inserted,
    replaced,
    skipped,
    duplicateCount,
    faultCount: errorCount,
    faults: errors.map(({ code, record = null, serial = null, field = null, text }) => ({
      code,
      record,
      serial,
      field,
      text,
    })),
    duplicates: duplicates.map(({ line, ...one }) => ({ ...one, record: line })),
  }
}
