import { type TokenSummary, tokenEndpoints } from '@driftlock/contracts'
import { CodeList, LoadingState, ProblemAlert, useApiAction } from '@driftlock/ui-kit'
import { useEffect, useEffectEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../dialogs/form-dialog.tsx'

interface EnableCodeDialogProps {
  token: TokenSummary
  onClose: () => void
}

/** The code by which a user enables the token that was sent to them; it goes another way than the token. */
export function EnableCodeDialog({ token, onClose }: EnableCodeDialogProps) {
  const { t } = useTranslation()
  const make = useApiAction(tokenEndpoints.makeEnableCode)
  const run = useEffectEvent(() => make.mutate({ params: { tokenId: token.id } }))
  useEffect(() => run(), [])
  return (
    <FormDialog
      title={t('tokenActs.enable-code.question', { serial: token.serial })}
      lead={t('tokenActs.enable-code.meaning')}
      submitLabel=""
      onSubmit={onClose}
      onClose={onClose}
      isDone
    >
      <ProblemAlert error={make.error} />
      {make.isPending && <LoadingState />}
      {make.data && <CodeList label={t('tokenActs.enable-code.title')} codes={[make.data.enableCode]} />}
    </FormDialog>
  )
}
