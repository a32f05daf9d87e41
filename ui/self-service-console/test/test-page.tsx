import { type Question, question, selfServiceEndpoints, type TestAnswer } from '@driftlock/contracts'
import { PageFrame, ProblemAlert, useApiAction } from '@driftlock/ui-kit'
import { Alert, Button } from '@patternfly/react-core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { afterTokenActs } from '../tokens/use-my-tokens.ts'
import { PasscodeForm } from './passcode-form.tsx'
import { QuestionForm } from './question-form.tsx'

/** "Test authentication" of seed 000 and "Test Log On": a real log-on that opens nothing. */
export function TestPage() {
  const { t } = useTranslation()
  const [round, setRound] = useState(0)
  const test = useApiAction(selfServiceEndpoints.testMyLogOn, { invalidates: afterTokenActs })
  const answer = test.data
  const open = answer && questionOf(answer)
  const again = () => {
    test.reset()
    setRound(round + 1)
  }
  return (
    <PageFrame title={t('test.title')} lead={t('test.lead')}>
      <div className="self-service-narrow">
        <ProblemAlert error={test.error} />
        {answer && !open && <TestResult accepted={answer.outcome === 'accept'} onAgain={again} />}
        {open && (
          <QuestionForm
            key={open.continuation}
            question={open.question}
            pending={test.isPending}
            onAnswer={(text) => {
              test.mutate({ body: { type: 'answer', continuation: open.continuation, answer: text } })
            }}
          />
        )}
        {!answer && (
          <PasscodeForm
            key={round}
            pending={test.isPending}
            onSubmit={(passcode) => {
              test.mutate({ body: { type: 'passcode', passcode } })
            }}
          />
        )}
      </div>
    </PageFrame>
  )
}

interface OpenQuestion {
  readonly continuation: string
  readonly question: Question
}

function questionOf(answer: TestAnswer): OpenQuestion | undefined {
  if (answer.outcome !== 'question' || answer.continuation === null) return undefined
  const parsed = question.safeParse(answer.question)
  return parsed.success ? { continuation: answer.continuation, question: parsed.data } : undefined
}

function TestResult({ accepted, onAgain }: { accepted: boolean; onAgain: () => void }) {
  const { t } = useTranslation()
  const result = accepted ? 'accepted' : 'rejected'
  return (
    <>
      <Alert isInline variant={accepted ? 'success' : 'danger'} component="h2" title={t(`test.${result}`)} role="alert">
        {t(`test.${result}Body`)}
      </Alert>
      <div className="self-service-row">
        <Button variant="secondary" onClick={onAgain}>
          {t('test.again')}
        </Button>
        <Link to={accepted ? '/' : '/troubleshoot'}>{t(accepted ? 'actions.back' : 'navigation.troubleshoot')}</Link>
      </div>
    </>
  )
}
