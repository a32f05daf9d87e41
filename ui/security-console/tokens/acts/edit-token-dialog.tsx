import { type TokenDetails, tokenEndpoints, tokenWindows, type TokenSummary } from '@driftlock/contracts'
import {
  type ContractForm,
  NumberField,
  QueryView,
  SelectField,
  TextField,
  useApiAction,
  useContractForm,
  useTaggedQuery,
  useToast,
} from '@driftlock/ui-kit'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { FormDialog } from '../../dialogs/form-dialog.tsx'
import { DomainField } from '../../security-domains/domain-field.tsx'

interface EditTokenDialogProps {
  token: TokenSummary
  onClose: () => void
}

/** Changes what may be changed of a token's record. Nobody else's change meanwhile is lost: the version is sent along. */
export default function EditTokenDialog({ token, onClose }: EditTokenDialogProps) {
  const details = useTaggedQuery(tokenEndpoints.getToken, { params: { tokenId: token.id } })
  return (
    <QueryView query={details}>
      {({ value, etag }) => <EditTokenForm key={etag} token={value} etag={etag} onClose={onClose} />}
    </QueryView>
  )
}

const schema = tokenWindows.extend({
  nickname: z.string().max(128),
  notes: z.string().max(1024),
  securityDomainId: z.string().min(1),
  passcodeStyle: z.enum(['fob', 'pinpad', 'tokencode-only']),
})

interface EditTokenFormProps {
  token: TokenDetails
  etag: string | undefined
  onClose: () => void
}

function EditTokenForm({ token, etag, onClose }: EditTokenFormProps) {
  const { t } = useTranslation()
  const notify = useToast()
  const { nickname, notes, passcodeStyle, windows, securityDomain } = token
  const form = useContractForm(schema, {
    nickname,
    notes,
    passcodeStyle,
    securityDomainId: securityDomain.id,
    ...windows,
  })
  const action = useApiAction(tokenEndpoints.updateToken, {
    invalidates: ['/api/v1'],
    onDone: () => {
      notify({ title: t('tokenActs.edit.done', { serial: token.serial }) })
      onClose()
    },
  })
  const submit = () => {
    const checked = form.check()
    if (!checked) return
    const { small, medium, large, ...rest } = checked
    action.mutate({ params: { tokenId: token.id }, etag, body: { ...rest, windows: { small, medium, large } } })
  }
  return (
    <FormDialog
      title={t('tokenActs.edit.question', { serial: token.serial })}
      submitLabel={t('kit:forms.save')}
      onSubmit={submit}
      onClose={onClose}
      error={action.error}
      isBusy={action.isPending}
    >
      <EditTokenFields form={form} kind={token.kind} />
    </FormDialog>
  )
}

function EditTokenFields({ form, kind }: { form: ContractForm<z.infer<typeof schema>>; kind: TokenDetails['kind'] }) {
  const { t } = useTranslation()
  const unit = t(kind === 'hotp' ? 'tokens.inCounters' : 'tokens.inSeconds')
  return (
    <>
      <TextField field={form.field('nickname')} label={t('tokens.nickname')} />
      <TextField field={form.field('notes')} label={t('tokens.notes')} multiline />
      <DomainField
        label={t('tokens.domain')}
        value={form.values.securityDomainId}
        onChange={(securityDomainId) => form.setValues({ securityDomainId })}
      />
      <SelectField
        field={form.field('passcodeStyle')}
        label={t('tokens.passcodeStyle')}
        choices={(['fob', 'pinpad', 'tokencode-only'] as const).map((value) => ({
          value,
          label: t(`tokens.passcodeStyles.${value}`),
        }))}
      />
      <NumberField field={form.field('small')} label={t('tokens.window.small')} help={unit} />
      <NumberField field={form.field('medium')} label={t('tokens.window.medium')} help={unit} />
      <NumberField field={form.field('large')} label={t('tokens.window.large')} help={unit} />
    </>
  )
}
