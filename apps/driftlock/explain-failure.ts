/**
 * A failure for the person at the shell: code and message where the product knows it, the stack where it is a fault of the
 * program.
 */
export function explainFailure(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if ('code' in error && typeof error.code === 'string') return `${error.message} (${error.code})`
  return error.stack ?? error.message
}
