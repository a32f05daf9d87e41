import { type TokenSummary, tokenEndpoints } from '@driftlock/contracts'
import { RadioField, useApiAction, useToast } from '@driftlock/ui-kit'
import { Alert } from '@patternfly/react-core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../dialogs/form-dialog.tsx'
import { AvailableTokenField } from '../available-token-field.tsx'

interface ReplaceDialogProps {
  token: TokenSummary
  onClose: () => void
}

/** Replace with the next available token of the same kind, or with one that is named. Both work until the new one is used. */
export function ReplaceDialog({ token, onClose }: ReplaceDialogProps) {
  const { t } = useTranslation()
  const notify = useToast()
  const [how, setHow] = useState<'next' | 'chosen'>('next')
  const [chosen, setChosen] = useState('')
  const action = useApiAction(tokenEndpoints.replaceToken, {
    invalidates: ['/api/v1'],
    onDone: ({ replacement }) => {
      notify({ title: t('tokenActs.replace.done', { serial: token.serial, replacement: replacement.serial }) })
      onClose()
    },
  })
  return (
    <FormDialog
      title={t('tokenActs.replace.question', { serial: token.serial })}
      lead={t('tokenActs.replace.meaning')}
      submitLabel={t('tokenActs.replace.title')}
      onSubmit={() =>
        action.mutate({ params: { tokenId: token.id }, body: how === 'next' ? {} : { replacement: chosen } })
      }
      onClose={onClose}
      error={action.error}
      isBusy={action.isPending}
    >
      <RadioField
        field={{ name: 'how', value: how, onChange: setHow }}
        label={t('replace.with')}
        choices={[
          { value: 'next', label: t('replace.next') },
          { value: 'chosen', label: t('replace.chosen') },
        ]}
      />
      {how === 'chosen' && <AvailableTokenField value={chosen} onChange={setChosen} />}
      <Alert variant="info" isInline isPlain component="p" title={t('replace.note')} />
    </FormDialog>
  )
}
