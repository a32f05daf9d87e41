import { useTranslation } from 'react-i18next'
import { ApiProblem } from './api-problem.ts'

const byCode: Record<string, string> = { UNREACHABLE: 'unreachable', UNEXPECTED_ANSWER: 'unexpectedAnswer' }

const byStatus: Record<number, string> = {
  400: 'invalid',
  401: 'sessionEnded',
  403: 'forbidden',
  404: 'notFound',
  409: 'conflict',
  410: 'notFound',
  412: 'conflict',
  422: 'invalid',
  429: 'tooMany',
  503: 'unavailable',
}

export interface ProblemText {
  readonly message: string
  /** Names the request for the help desk; absent where the server was not reached. */
  readonly reference?: string
}

/**
 * Words for whatever was thrown: the console's own for the problem's code (`problems.CODE`), else the kit's for its
 * status. A raw error is never shown.
 */
export function useProblemText(): (error: unknown) => ProblemText {
  const { t, i18n } = useTranslation(['console', 'kit'])
  return (error) => {
    if (!(error instanceof ApiProblem)) return { message: t('kit:problems.unexpected') }
    const own = `console:problems.${error.code}`
    const general = byCode[error.code] ?? byStatus[error.status] ?? 'unexpected'
    const message = i18n.exists(own) ? t(own, error.facts) : t(`kit:problems.${general}`)
    if (error.requestId === undefined) return { message }
    return { message, reference: t('kit:problems.reference', { requestId: error.requestId }) }
  }
}
