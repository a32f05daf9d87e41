import { uniqueId } from '@driftlock/application'
import { SIGN_AUDIT_MS } from '@driftlock/keys'
import { runEvery } from '@driftlock/system'
import type { Logger } from 'pino'
import type { Configuration } from '../configuration/configuration.ts'
import type { Instance } from '../instance/open-instance.ts'
import { takeUpJobs } from '../jobs/take-up-jobs.ts'
import { signAudit } from './sign-audit.ts'
import { synchronising } from './synchronise.ts'
import { LOOK_AT_CERTIFICATE_MS, warnOfCertificate } from './warn-of-certificate.ts'
import { clockWatcher } from './watch-clock.ts'

const HEARTBEAT_MS = 5_000

interface BackgroundParts {
  readonly instance: Instance
  readonly configuration: Configuration
  readonly heartbeat: () => Promise<void>
  readonly logger: Logger
  readonly onError: (error: unknown) => void
}

/** What a serving instance does of itself. `stop` settles when all of it has ended. */
export function startBackground(parts: BackgroundParts): { stop(): Promise<unknown> } {
  const { instance, configuration, heartbeat, logger, onError } = parts
  const every = (intervalMs: number, run: () => Promise<void>) => runEvery({ intervalMs, run, onError })
  let isStopping = false
  const tasks = [
    every(HEARTBEAT_MS, heartbeat),
    every(HEARTBEAT_MS, clockWatcher(instance, logger)),
    every(SIGN_AUDIT_MS, () => signAudit(instance, logger, () => isStopping)),
    every(LOOK_AT_CERTIFICATE_MS, () => warnOfCertificate(configuration.http.tls, logger)),
    takeUpJobs(instance, uniqueId(instance), onError),
    synchronising(instance.highAvailability, logger),
  ]
  return {
    stop() {
      isStopping = true
      return Promise.all(tasks.map((task) => task.stop()))
    },
  }
}
