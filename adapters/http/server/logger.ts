import { type Logger, pino } from 'pino'

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'

/** Fields that never reach the log, wherever they stand in a record. */
const SECRET_FIELDS = ['password', 'passcode', 'pin', 'tokencode', 'secret', 'seed', 'clientKey', 'setupCode', 'answer']
const SECRET_HEADERS = ['client-key', 'authorization', 'cookie', 'set-cookie', 'x-access-id']

/** The log: one JSON record a line on standard error, or wherever `destination` writes. */
export function serverLogger(options: {
  readonly level: LogLevel
  readonly destination?: NodeJS.WritableStream
}): Logger {
  const paths = [
    ...SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`]),
    ...SECRET_HEADERS.flatMap((header) => [`req.headers["${header}"]`, `headers["${header}"]`]),
  ]
  const settings = {
    level: options.level,
    redact: { paths, censor: '[hidden]' },
    timestamp: pino.stdTimeFunctions.isoTime,
  }
  return pino(settings, options.destination ?? pino.destination(2))
}
