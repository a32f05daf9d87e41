import { ApiError } from '@driftlock/http'
import type { z } from 'zod'

/** What came from outside in the shape of the contract. @throws ApiError `INVALID_REQUEST` naming the first wrong field. */
export function readInput<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const read = schema.safeParse(value)
  if (read.success) return read.data
  const [fault] = read.error.issues
  const place = fault?.path.map(String).join('.') ?? ''
  throw new ApiError('INVALID_REQUEST', {
    detail: `${place === '' ? 'The request' : place}: ${fault?.message ?? 'is wrong'}`,
  })
}
