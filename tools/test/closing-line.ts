import { z } from 'zod'

const reportSchema = z.object({
  numPassedTests: z.number().int(),
  numFailedTests: z.number().int(),
  numPendingTests: z.number().int(),
})

/**
 * The line that ends `npm test`: `N passed, N failed`, with `, N skipped` only when some were.
 * @param report Vitest's JSON report, or `undefined` when it wrote none.
 * @param succeeded Whether Vitest itself was content; a file that does not load fails no single test, yet fails.
 */
export function closingLine(report: unknown, succeeded: boolean): string {
  const counts = reportSchema.safeParse(report)
  const { numPassedTests, numFailedTests, numPendingTests } = counts.data ?? {
    numPassedTests: 0,
    numFailedTests: 0,
    numPendingTests: 0,
  }
  const failed = succeeded && counts.success ? numFailedTests : Math.max(numFailedTests, 1)
  const skipped = numPendingTests > 0 ? `, ${numPendingTests} skipped` : ''
  return `${numPassedTests} passed, ${failed} failed${skipped}`
}
