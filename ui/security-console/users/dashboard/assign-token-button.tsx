import { tokenEndpoints, type UserDetails } from '@driftlock/contracts'
import { CheckboxField, useApi, useApiAction, useToast } from '@driftlock/ui-kit'
import { Button } from '@patternfly/react-core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../dialogs/form-dialog.tsx'
import { AvailableTokenField } from '../../tokens/available-token-field.tsx'

interface AssignTokenProps {
  user: UserDetails
  variant: 'primary' | 'secondary'
}

/** Gives one of the free tokens to the user. */
export function AssignTokenButton({ user, variant }: AssignTokenProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button variant={variant} onClick={() => setOpen(true)}>
        {t('users.assignToken')}
      </Button>
      {open && <AssignTokenDialog user={user} onClose={() => setOpen(false)} />}
    </>
  )
}

function AssignTokenDialog({ user, onClose }: { user: UserDetails; onClose: () => void }) {
  const { t } = useTranslation()
  const api = useApi()
  const notify = useToast()
  const [tokenId, setTokenId] = useState('')
  const [byPost, setByPost] = useState(false)
  const action = useApiAction(tokenEndpoints.assignToken, {
    invalidates: ['/api/v1'],
    onDone: ({ serial }) => {
      const undo = () => api.call(tokenEndpoints.unassignToken, { params: { tokenId } })
      notify({ title: t('tokenActs.assign.done', { serial, user: user.displayName }), undo })
      onClose()
    },
  })
  return (
    <FormDialog
      title={t('users.assignTokenTo', { name: user.displayName })}
      submitLabel={t('users.assignToken')}
      onSubmit={() => {
        if (tokenId === '') return
        action.mutate({ params: { tokenId }, body: { user: user.id, ...(byPost && { enabled: false }) } })
      }}
      onClose={onClose}
      error={action.error}
      isBusy={action.isPending}
    >
      <AvailableTokenField value={tokenId} onChange={setTokenId} />
      <CheckboxField
        field={{ name: 'byPost', value: byPost, onChange: setByPost }}
        label={t('assign.byPost')}
        help={t('assign.byPostHelp')}
      />
    </FormDialog>
  )
}
