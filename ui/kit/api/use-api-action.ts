import type { AnswerOf, Endpoint } from '@driftlock/contracts'
import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import type { CallInput } from './api-client.ts'
import { useApi } from './api-context.ts'
import { queryKeyOf } from './endpoint-path.ts'

interface ActionOptions<E extends Endpoint> {
  /** Paths whose answers, and all below them, may be old afterwards: `/api/v1/users`. */
  readonly invalidates?: readonly string[]
  readonly onDone?: (answer: AnswerOf<E>, input: CallInput<E>) => void | Promise<void>
}

/** A change through the API, then everything it made old is loaded again. Failures stay in the result's `error`. */
export function useApiAction<E extends Endpoint>(
  endpoint: E,
  options: ActionOptions<E> = {},
): UseMutationResult<AnswerOf<E>, Error, CallInput<E>> {
  const api = useApi()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async (input: CallInput<E>) => api.call(endpoint, input),
    onSuccess: async (answer, input) => {
      const stale = options.invalidates ?? []
      await Promise.all(stale.map((path) => queries.invalidateQueries({ queryKey: queryKeyOf(path) })))
      await options.onDone?.(answer, input)
    },
  })
}
