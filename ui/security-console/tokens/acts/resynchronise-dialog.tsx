import { type Resynchronised, resynchroniseToken, type TokenSummary, tokenEndpoints } from '@driftlock/contracts'
import { TextField, useApiAction, useContractForm } from '@driftlock/ui-kit'
import { Alert, Checkbox, List, ListItem } from '@patternfly/react-core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../dialogs/form-dialog.tsx'
import { useMay } from '../../session/session-context.ts'
import { useWorded } from '../../worded/use-worded.ts'
import { ClockOff } from '../clock-off.tsx'

interface ResynchroniseDialogProps {
  token: TokenSummary
  onClose: () => void
}

/** Resynchronize Token: two successive tokencodes, read out by the caller (authentication-manager §1.5). */
export function ResynchroniseDialog({ token, onClose }: ResynchroniseDialogProps) {
  const { t } = useTranslation()
  const may = useMay()
  const form = useContractForm(resynchroniseToken, { first: '', second: '', setBack: false })
  const [result, setResult] = useState<Resynchronised>()
  const action = useApiAction(tokenEndpoints.resynchroniseToken, { invalidates: ['/api/v1'], onDone: setResult })
  const submit = () => {
    const body = form.check()
    setResult(undefined)
    if (body) action.mutate({ params: { tokenId: token.id }, body })
  }
  const isDone = result?.outcome === 'resynchronised'
  return (
    <FormDialog
      title={t('tokenActs.resynchronise.question', { serial: token.serial })}
      lead={t(token.passcodeStyle === 'pinpad' ? 'resync.leadPinpad' : 'resync.lead')}
      submitLabel={t('tokenActs.resynchronise.title')}
      onSubmit={submit}
      onClose={onClose}
      error={action.error}
      isBusy={action.isPending}
      isDone={isDone}
    >
      {result && <ResynchroniseResult result={result} />}
      {!isDone && (
        <>
          <TextField field={form.field('first')} label={t('resync.first')} inputMode="numeric" autoComplete="off" />
          <TextField
            field={form.field('second')}
            label={t('resync.second')}
            help={t('resync.secondHelp', { seconds: token.intervalSeconds })}
            inputMode="numeric"
            autoComplete="off"
          />
          {may('set-back-token') && (
            <Checkbox
              id="driftlock-set-back"
              label={t('resync.setBack')}
              description={t('resync.setBackHelp')}
              isChecked={form.values.setBack ?? false}
              onChange={(_event, setBack) => form.setValues({ setBack })}
            />
          )}
        </>
      )}
    </FormDialog>
  )
}

function ResynchroniseResult({ result }: { result: Resynchronised }) {
  const { t } = useTranslation()
  const worded = useWorded()
  if (result.outcome === 'resynchronised') {
    return (
      <Alert variant="success" isInline isLiveRegion component="h2" title={t('resync.done')}>
        {t('resync.clockIs')} <ClockOff offsetMs={result.clockOffMs} />. {t('resync.nextWorks')}
      </Alert>
    )
  }
  return (
    <Alert variant="danger" isInline isLiveRegion component="h2" title={t('resync.refused')}>
      <p>{worded({ code: result.reason, text: result.text })}</p>
      {result.possibleCauses.length > 0 && (
        <List aria-label={t('resync.causes')}>
          {result.possibleCauses.map((cause) => (
            <ListItem key={cause.code}>{worded(cause)}</ListItem>
          ))}
        </List>
      )}
    </Alert>
  )
}
