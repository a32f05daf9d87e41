import type { Question } from '@driftlock/contracts'
import { FieldFrame, PlainSecretInput } from '@driftlock/ui-kit'
import { ActionGroup, Alert, Button, Content, Form } from '@patternfly/react-core'
import { type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { pinRulesInWords } from '../pin/pin-rules.ts'

interface QuestionFormProps {
  question: Question
  pending: boolean
  onAnswer: (answer: string) => void
}

/** A question inside a test log-on: next tokencode, new PIN and what belongs to it. */
export function QuestionForm({ question, pending, onAnswer }: QuestionFormProps) {
  if (question.type === 'accept-system-pin') return <SystemPin pin={question.pin} onAnswer={onAnswer} />
  return <AnswerForm question={question} pending={pending} onAnswer={onAnswer} />
}

type TypedQuestion = Exclude<Question, { type: 'accept-system-pin' }>

function AnswerForm({ question, pending, onAnswer }: QuestionFormProps & { question: TypedQuestion }) {
  const { t } = useTranslation()
  const id = useId()
  const [answer, setAnswer] = useState('')
  const { lead, label, help, fault } = useWords(question)
  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault()
        if (answer !== '') onAnswer(answer)
      }}
    >
      {fault !== undefined && <Alert isInline variant="danger" component="p" title={fault} role="alert" />}
      {lead !== '' && (
        <Content component="p" role="status">
          {lead}
        </Content>
      )}
      <FieldFrame id={id} label={label} required help={help}>
        <PlainSecretInput id={id} value={answer} onChange={setAnswer} autoComplete="off" />
      </FieldFrame>
      <ActionGroup>
        <Button type="submit" isLoading={pending} isDisabled={pending}>
          {t('test.continue')}
        </Button>
      </ActionGroup>
    </Form>
  )
}

interface Words {
  readonly lead: string
  readonly label: string
  readonly help?: ReactNode
  readonly fault?: string | undefined
}

function useWords(question: TypedQuestion): Words {
  const { t } = useTranslation()
  switch (question.type) {
    case 'next-tokencode':
      return { lead: t('test.nextTokencodeLead'), label: t('test.nextTokencode') }
    case 'new-pin': {
      const faults = { rejected: t('test.pinRejected'), mismatch: t('pin.mismatch') }
      const fault = question.previous && faults[question.previous]
      return { lead: t('test.newPinLead'), label: t('pin.newPin'), help: pinRulesInWords(t, question.rules), fault }
    }
    case 'confirm-pin':
      return { lead: '', label: t('pin.confirmPin') }
    case 'passcode-after-new-pin':
      return { lead: t('test.afterPinLead'), label: t('test.afterPin') }
  }
}

function SystemPin({ pin, onAnswer }: { pin: string; onAnswer: (answer: string) => void }) {
  const { t } = useTranslation()
  return (
    <>
      <Content component="p">{t('test.systemPinLead')}</Content>
      <p className="self-service-tokencode">
        <code>{pin}</code>
      </p>
      <div className="self-service-row">
        <Button
          onClick={() => {
            onAnswer('y')
          }}
        >
          {t('test.systemPinAccept')}
        </Button>
        <Button
          variant="secondary"
          onClick={() => {
            onAnswer('n')
          }}
        >
          {t('test.systemPinRefuse')}
        </Button>
      </div>
    </>
  )
}
