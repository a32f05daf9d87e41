import { type TokenSummary, tokenEndpoints } from '@driftlock/contracts'
import { CheckboxField, ownField, TextField, useApi, useApiAction, useToast } from '@driftlock/ui-kit'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../dialogs/form-dialog.tsx'

interface AssignDialogProps {
  token: TokenSummary
  onClose: () => void
}

/** Gives a token that belongs to nobody to a user. */
export function AssignDialog({ token, onClose }: AssignDialogProps) {
  const { t } = useTranslation()
  const notify = useToast()
  const api = useApi()
  const [user, setUser] = useState('')
  const [byPost, setByPost] = useState(false)
  const input = { params: { tokenId: token.id } }
  const action = useApiAction(tokenEndpoints.assignToken, {
    invalidates: ['/api/v1'],
    onDone: () => {
      const undo = () => api.call(tokenEndpoints.unassignToken, input)
      notify({ title: t('tokenActs.assign.done', { serial: token.serial, user }), undo })
      onClose()
    },
  })
  return (
    <FormDialog
      title={t('tokenActs.assign.question', { serial: token.serial })}
      submitLabel={t('tokenActs.assign.title')}
      onSubmit={() => action.mutate({ ...input, body: { user: user.trim(), ...(byPost && { enabled: false }) } })}
      onClose={onClose}
      error={action.error}
      isBusy={action.isPending}
    >
      <TextField
        field={ownField({ name: 'user', value: user, onChange: setUser, required: true, maxLength: 255 })}
        label={t('assign.user')}
        help={t('assign.userHelp')}
        autoComplete="off"
      />
      <CheckboxField
        field={{ name: 'byPost', value: byPost, onChange: setByPost }}
        label={t('assign.byPost')}
        help={t('assign.byPostHelp')}
      />
    </FormDialog>
  )
}
