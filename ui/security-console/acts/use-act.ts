import type { AnswerOf, Endpoint } from '@driftlock/contracts'
import { type CallInput, useApi, useProblemText, useToast } from '@driftlock/ui-kit'
import { useQueryClient } from '@tanstack/react-query'

interface ActWords {
  /** What was done, in the past: "Token 000123 enabled". Absent where the page itself shows it. */
  readonly done?: string
  /** Takes the act back. */
  readonly undo?: () => Promise<unknown>
}

export type Act = <E extends Endpoint>(
  endpoint: E,
  input: CallInput<E>,
  words?: ActWords,
) => Promise<AnswerOf<E> | undefined>

/**
 * Does something through the API and says so; everything that is shown is loaded again, because an act on a token
 * changes its user, lists and charts as well. A refusal is said too, and answers undefined.
 */
export function useAct(): Act {
  const api = useApi()
  const queries = useQueryClient()
  const notify = useToast()
  const textOf = useProblemText()
  return async (endpoint, input, { done, undo } = {}) => {
    try {
      const answer = await api.call(endpoint, input)
      if (done !== undefined) notify({ title: done, ...(undo && { undo }) })
      await queries.invalidateQueries()
      return answer
    } catch (error) {
      const { message, reference } = textOf(error)
      notify({ title: message, variant: 'danger', ...(reference !== undefined && { detail: reference }) })
      return undefined
    }
  }
}
