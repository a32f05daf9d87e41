import { Alert } from '@patternfly/react-core'
import { useProblemText } from '../api/use-problem-text.ts'

/** A change that was not carried out, said where it was asked for. Shows nothing while there is no error. */
export function ProblemAlert({ error }: { error: unknown }) {
  const textOf = useProblemText()
  if (error === null || error === undefined) return null
  const { message, reference } = textOf(error)
  return (
    <Alert variant="danger" isInline title={message} component="p" role="alert">
      {reference !== undefined && <p className="driftlock-reference">{reference}</p>}
    </Alert>
  )
}
