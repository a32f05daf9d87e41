import { type RadiusClient, radiusClientEndpoints } from '@driftlock/contracts'
import { LoadingState, useApiAction } from '@driftlock/ui-kit'
import { Alert } from '@patternfly/react-core'
import { useEffect, useEffectEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../dialogs/form-dialog.tsx'
import { useWorded } from '../worded/use-worded.ts'

interface RadiusTestDialogProps {
  client: RadiusClient
  onClose: () => void
}

/** Is the secret the same on both sides, did the client ask lately, does a log-on through it work. */
export function RadiusTestDialog({ client, onClose }: RadiusTestDialogProps) {
  const { t } = useTranslation()
  const worded = useWorded()
  const test = useApiAction(radiusClientEndpoints.testRadiusClient)
  const run = useEffectEvent(() => test.mutate({ params: { radiusClientId: client.id } }))
  useEffect(() => run(), [])
  return (
    <FormDialog
      title={t('radius.testOf', { name: client.name })}
      submitLabel={t('radius.again')}
      onSubmit={() => test.mutate({ params: { radiusClientId: client.id } })}
      onClose={onClose}
      error={test.error}
      isBusy={test.isPending}
    >
      {test.isPending && <LoadingState />}
      <div className="driftlock-gap" aria-live="polite">
        {test.data?.checks.map((check) => (
          <Alert
            key={check.name}
            isInline
            component="p"
            variant={check.ok ? 'success' : 'danger'}
            title={worded({ code: `radius-${check.name}-${check.ok ? 'good' : 'bad'}`, text: check.text })}
          />
        ))}
      </div>
    </FormDialog>
  )
}
