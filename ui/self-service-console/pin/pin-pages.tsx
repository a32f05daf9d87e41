import { type MyToken, type PinRequirements, selfServiceEndpoints } from '@driftlock/contracts'
import { FieldFrame, PageFrame, PlainSecretInput, ProblemAlert, useApiAction, useToast } from '@driftlock/ui-kit'
import { ActionGroup, Button, Form } from '@patternfly/react-core'
import { type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, Navigate, useNavigate } from 'react-router'
import { TokenPage } from '../tokens/token-page.tsx'
import { afterTokenActs } from '../tokens/use-my-tokens.ts'
import { NewPinFields, useNewPin } from './new-pin-fields.tsx'

interface PinFormProps {
  token: MyToken
  rules: PinRequirements
}

/** Change PIN: the current passcode, then the new PIN twice. */
export function ChangePinPage() {
  return <TokenPage>{(token) => <WithRules token={token} form={ChangePinForm} />}</TokenPage>
}

/** "I forgot my PIN": the new PIN twice, then test it. */
export function ForgotPinPage() {
  return <TokenPage>{(token) => <WithRules token={token} form={ForgotPinForm} />}</TokenPage>
}

function WithRules({ token, form: PinForm }: { token: MyToken; form: (props: PinFormProps) => ReactNode }) {
  if (token.pinRules === null) return <Navigate to="/" replace />
  return <PinForm token={token} rules={token.pinRules} />
}

function ChangePinForm({ token, rules }: PinFormProps) {
  const { t } = useTranslation()
  const passcodeId = useId()
  const [passcode, setPasscode] = useState('')
  const pin = useNewPin(rules)
  const change = useApiAction(selfServiceEndpoints.changeMyPin, { invalidates: afterTokenActs, onDone: useDone() })
  const { newPin, confirmPin } = pin
  const submit = () => {
    if (pin.check() && passcode !== '') {
      change.mutate({ params: { tokenId: token.id }, body: { passcode, newPin, confirmPin } })
    }
  }
  const help = t(token.passcodeStyle === 'pinpad' ? 'pin.passcodePinpadHelp' : 'pin.passcodeHelp')
  return (
    <PageFrame
      title={t('pin.changeTitle')}
      lead={`${t('tokens.name', { serial: token.serial })}. ${t('pin.changeLead')}`}
    >
      <PinFormFrame error={change.error} pending={change.isPending} onSubmit={submit}>
        <FieldFrame id={passcodeId} label={t('pin.passcode')} required help={help}>
          <PlainSecretInput id={passcodeId} value={passcode} onChange={setPasscode} autoComplete="off" />
        </FieldFrame>
        <NewPinFields {...pin.fields} />
      </PinFormFrame>
    </PageFrame>
  )
}

function ForgotPinForm({ token, rules }: PinFormProps) {
  const { t } = useTranslation()
  const pin = useNewPin(rules)
  const set = useApiAction(selfServiceEndpoints.forgotMyPin, { invalidates: afterTokenActs, onDone: useDone() })
  const { newPin, confirmPin } = pin
  const submit = () => {
    if (pin.check()) set.mutate({ params: { tokenId: token.id }, body: { newPin, confirmPin } })
  }
  return (
    <PageFrame
      title={t('pin.forgotTitle')}
      lead={`${t('tokens.name', { serial: token.serial })}. ${t('pin.forgotLead')}`}
    >
      <PinFormFrame error={set.error} pending={set.isPending} onSubmit={submit}>
        <NewPinFields {...pin.fields} />
      </PinFormFrame>
    </PageFrame>
  )
}

/** After a PIN was set: test it with user name and passcode, as the seeds go on. */
function useDone() {
  const { t } = useTranslation()
  const notify = useToast()
  const navigate = useNavigate()
  return async () => {
    notify({ title: t('pin.done') })
    await navigate('/test')
  }
}

interface PinFormFrameProps {
  error: unknown
  pending: boolean
  onSubmit: () => void
  children: ReactNode
}

function PinFormFrame({ error, pending, onSubmit, children }: PinFormFrameProps) {
  const { t } = useTranslation()
  return (
    <Form
      className="self-service-narrow"
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      <ProblemAlert error={error} />
      {children}
      <ActionGroup>
        <Button type="submit" isLoading={pending} isDisabled={pending}>
          {t('actions.ok')}
        </Button>
        <Button variant="link" component={(props: object) => <Link {...props} to="/" />}>
          {t('actions.cancel')}
        </Button>
      </ActionGroup>
    </Form>
  )
}
