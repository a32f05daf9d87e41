import type { TlsFiles } from '@driftlock/http'
import type { Logger } from 'pino'
import { tlsFindings } from '../doctor/tls-findings.ts'

/** How often an instance looks at the end of its certificate. */
export const LOOK_AT_CERTIFICATE_MS = 86_400_000

/** Says in the log what `driftlock doctor` says of a certificate that ends soon. */
export async function warnOfCertificate(files: TlsFiles | undefined, logger: Logger): Promise<void> {
  for (const { level, text, advice } of await tlsFindings(files, new Date())) {
    if (level !== 'good') logger.warn(`${text} ${advice}`)
  }
}
