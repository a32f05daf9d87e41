import { type Explanation, userEndpoints } from '@driftlock/contracts'
import { ownField, ProblemAlert, SecretField, useApiAction } from '@driftlock/ui-kit'
import { Button, Card, CardBody, CardTitle, Form } from '@patternfly/react-core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { StatusLabel } from '../../conditions/condition-label.tsx'
import { useMay } from '../../session/session-context.ts'
import { ClockOff } from '../../tokens/clock-off.tsx'
import { useSentence } from '../../worded/use-sentence.ts'

/** Paste the passcode that failed and see why. Nothing is changed by asking. */
export function ExplainBox({ userId }: { userId: string }) {
  const { t } = useTranslation()
  const may = useMay()
  const [passcode, setPasscode] = useState('')
  const explain = useApiAction(userEndpoints.explainPasscode)
  if (!may('explain-passcode')) return null
  return (
    <Card isCompact>
      <CardTitle component="h2">{t('explain.title')}</CardTitle>
      <CardBody className="driftlock-gap">
        <Form
          onSubmit={(event) => {
            event.preventDefault()
            if (passcode !== '') explain.mutate({ params: { userId }, body: { passcode } })
          }}
        >
          <SecretField
            field={ownField({ name: 'passcode', value: passcode, onChange: setPasscode, maxLength: 256 })}
            label={t('explain.passcode')}
            help={t('explain.help')}
            autoComplete="off"
          />
          <div>
            <Button type="submit" variant="secondary" isLoading={explain.isPending}>
              {t('explain.ask')}
            </Button>
          </div>
        </Form>
        <div aria-live="polite" className="driftlock-gap">
          <ProblemAlert error={explain.error} />
          {explain.data && <ExplanationView explanation={explain.data} />}
        </div>
      </CardBody>
    </Card>
  )
}

function ExplanationView({ explanation }: { explanation: Explanation }) {
  const { t } = useTranslation()
  const inWords = useSentence()
  return (
    <>
      <ol className="driftlock-sentences" aria-label={t('explain.answer')}>
        {explanation.sentences.map((sentence) => (
          <li key={sentence.text}>{inWords(sentence)}</li>
        ))}
      </ol>
      {explanation.findings.map((finding) => (
        <p key={`${finding.serial} ${finding.seed}`}>
          {t('explain.finding', { serial: finding.serial })}{' '}
          <StatusLabel status={finding.pinGood ? 'success' : 'danger'}>
            {t(finding.pinGood ? 'explain.pinGood' : 'explain.pinBad')}
          </StatusLabel>{' '}
          {finding.seed !== 'current' && t(`explain.seed.${finding.seed}`)}{' '}
          {finding.alreadyUsed && t('explain.alreadyUsed')}{' '}
          {finding.clockOffMs !== undefined && <ClockOff offsetMs={finding.clockOffMs} />}
          {finding.countersOff !== undefined && t('explain.countersOff', { count: finding.countersOff })}
        </p>
      ))}
    </>
  )
}
