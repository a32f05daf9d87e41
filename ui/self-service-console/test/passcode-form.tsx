import { FieldFrame, PlainSecretInput } from '@driftlock/ui-kit'
import { ActionGroup, Button, Form } from '@patternfly/react-core'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'

interface PasscodeFormProps {
  pending: boolean
  onSubmit: (passcode: string) => void
}

/** The passcode of a test log-on. */
export function PasscodeForm({ pending, onSubmit }: PasscodeFormProps) {
  const { t } = useTranslation()
  const id = useId()
  const [passcode, setPasscode] = useState('')
  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault()
        if (passcode !== '') onSubmit(passcode.replaceAll(/\s/g, ''))
      }}
    >
      <FieldFrame id={id} label={t('test.passcode')} required help={t('test.passcodeHelp')}>
        <PlainSecretInput id={id} value={passcode} onChange={setPasscode} autoComplete="off" />
      </FieldFrame>
      <ActionGroup>
        <Button type="submit" isLoading={pending} isDisabled={pending}>
          {t('test.submit')}
        </Button>
      </ActionGroup>
    </Form>
  )
}
