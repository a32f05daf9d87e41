import { type ChangedPin, type MyToken, type PinRequirements, selfServiceEndpoints } from '@driftlock/contracts'
import {
  LinkButton,
  FieldFrame,
  PageFrame,
  PlainSecretInput,
  ProblemAlert,
  useApiAction,
  useToast,
  useUnsavedChangesGuard,
} from '@driftlock/ui-kit'
import { ActionGroup, Alert, Button, Form } from '@patternfly/react-core'
import { type ReactNode, useEffect, useEffectEvent, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate, useNavigate } from 'react-router'
import { TokenPage } from '../tokens/token-page.tsx'
import { afterTokenActs } from '../tokens/use-my-tokens.ts'
import { NewPinFields, useNewPin } from './new-pin-fields.tsx'

interface PinFormProps {
  token: MyToken
  rules: PinRequirements
}

/** Change PIN: the current PIN, then the new PIN twice. */
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
  const currentId = useId()
  const [current, setCurrent] = useState('')
  const [checked, setChecked] = useState(false)
  const pin = useNewPin(rules)
  const change = useApiAction(selfServiceEndpoints.changeMyPin, { invalidates: afterTokenActs })
  const { newPin, confirmPin } = pin
  const currentPin = token.hasPin ? current : null
  const currentFault = checked && currentPin === '' ? t('pin.currentMissing') : undefined
  const submit = () => {
    setChecked(true)
    if (pin.check() && currentPin !== '') {
      change.mutate({ params: { tokenId: token.id }, body: { currentPin, newPin, confirmPin } })
    }
  }
  return (
    <PageFrame
      title={t('pin.changeTitle')}
      lead={`${t('tokens.name', { serial: token.serial })}. ${t('pin.changeLead')}`}
    >
      <PinFormFrame action={change} hasTyped={`${current}${newPin}${confirmPin}` !== ''} onSubmit={submit}>
        {token.hasPin && (
          <FieldFrame id={currentId} label={t('pin.current')} required faultText={currentFault}>
            <PlainSecretInput
              id={currentId}
              value={current}
              onChange={setCurrent}
              isWrong={currentFault !== undefined}
              autoComplete="current-password"
            />
          </FieldFrame>
        )}
        <NewPinFields {...pin.fields} />
      </PinFormFrame>
    </PageFrame>
  )
}

function ForgotPinForm({ token, rules }: PinFormProps) {
  const { t } = useTranslation()
  const pin = useNewPin(rules)
  const set = useApiAction(selfServiceEndpoints.forgotMyPin, { invalidates: afterTokenActs })
  const { newPin, confirmPin } = pin
  const submit = () => {
    if (pin.check()) set.mutate({ params: { tokenId: token.id }, body: { newPin, confirmPin } })
  }
  return (
    <PageFrame
      title={t('pin.forgotTitle')}
      lead={`${t('tokens.name', { serial: token.serial })}. ${t('pin.forgotLead')}`}
    >
      <PinFormFrame action={set} hasTyped={`${newPin}${confirmPin}` !== ''} onSubmit={submit}>
        <NewPinFields {...pin.fields} />
      </PinFormFrame>
    </PageFrame>
  )
}

interface PinFormFrameProps {
  action: { readonly error: unknown; readonly isPending: boolean; readonly data: ChangedPin | undefined }
  hasTyped: boolean
  onSubmit: () => void
  children: ReactNode
}

/** After a PIN was set: test it with user name and passcode, as the seeds go on. */
function useTestNext(isSet: boolean): void {
  const { t } = useTranslation()
  const notify = useToast()
  const navigate = useNavigate()
  const goOn = useEffectEvent(() => {
    notify({ title: t('pin.done') })
    void navigate('/test')
  })
  useEffect(() => {
    if (isSet) goOn()
  }, [isSet])
}

function PinFormFrame({ action, hasTyped, onSubmit, children }: PinFormFrameProps) {
  const { t } = useTranslation()
  const isSet = action.data !== undefined && action.data.outcome !== 'refused'
  // In this order: what is set is no longer asked about when the page is left for the test.
  useUnsavedChangesGuard(hasTyped && !isSet)
  useTestNext(isSet)
  return (
    <Form
      className="self-service-narrow"
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      <ProblemAlert error={action.error} />
      {action.data?.outcome === 'refused' && (
        <Alert isInline variant="danger" component="p" title={t('pin.refused')} role="alert" />
      )}
      {children}
      <ActionGroup>
        <Button type="submit" isLoading={action.isPending} isDisabled={action.isPending}>
          {t('actions.ok')}
        </Button>
        <LinkButton to="/" variant="link">
          {t('actions.cancel')}
        </LinkButton>
      </ActionGroup>
    </Form>
  )
}
