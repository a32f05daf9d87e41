import type { AnswerOf, Endpoint } from '@driftlock/contracts'
import { keepPreviousData, type QueryFunctionContext, type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { CallInput, Tagged } from './api-client.ts'
import { useApi } from './api-context.ts'
import { pathOf, queryKeyOf } from './endpoint-path.ts'

interface QueryOptions {
  readonly enabled?: boolean
  /** Loads again after this time while the page is visible. */
  readonly refreshMs?: number
  /** Shows the last page of a list while the next one loads. */
  readonly keepPrevious?: boolean
}

/** Loads an endpoint's answer and keeps it fresh. It goes stale with every path above it. */
export function useApiQuery<E extends Endpoint>(
  endpoint: E,
  input: CallInput<E>,
  options: QueryOptions = {},
): UseQueryResult<AnswerOf<E>> {
  const api = useApi()
  return useQuery({
    queryKey: queryKeyOf(pathOf(endpoint.path, input)),
    queryFn: (asked) => api.call(endpoint, { ...input, ...manner(asked, options) }),
    ...observing(options),
  })
}

/** Like {@link useApiQuery}, with the ETag to send back with a change. */
export function useTaggedQuery<E extends Endpoint>(
  endpoint: E,
  input: CallInput<E>,
  options: QueryOptions = {},
): UseQueryResult<Tagged<AnswerOf<E>>> {
  const api = useApi()
  return useQuery({
    queryKey: [...queryKeyOf(pathOf(endpoint.path, input)), '#tagged'],
    queryFn: (asked) => api.callTagged(endpoint, { ...input, ...manner(asked, options) }),
    ...observing(options),
  })
}

/** What is loaded again by the clock is nobody's act; what it shows for the first time was asked for. */
function manner({ signal, client, queryKey }: QueryFunctionContext, { refreshMs }: QueryOptions) {
  return { signal, automatic: refreshMs !== undefined && client.getQueryData(queryKey) !== undefined }
}

function observing({ enabled = true, refreshMs, keepPrevious = false }: QueryOptions) {
  return {
    enabled,
    ...(refreshMs === undefined ? {} : { refetchInterval: refreshMs }),
    ...(keepPrevious ? { placeholderData: keepPreviousData } : {}),
  }
}
