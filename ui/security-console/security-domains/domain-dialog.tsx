import { type SecurityDomain, securityDomainEndpoints } from '@driftlock/contracts'
import { TextField, useApiAction, useContractForm, useToast } from '@driftlock/ui-kit'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { FormDialog } from '../dialogs/form-dialog.tsx'
import { DomainField } from './domain-field.tsx'

interface DomainDialogProps {
  /** Absent for a new one. */
  domain?: SecurityDomain
  parentId: string
  onClose: () => void
}

const schema = z.object({ name: z.string().min(1).max(128), parentId: z.string(), notes: z.string().max(1024) })

/** A new security domain, or another name or place for one. */
export function DomainDialog({ domain, parentId, onClose }: DomainDialogProps) {
  const { t } = useTranslation()
  const notify = useToast()
  const form = useContractForm(schema, { name: domain?.name ?? '', parentId, notes: domain?.notes ?? '' })
  const finish = {
    invalidates: ['/api/v1'],
    onDone: ({ name }: SecurityDomain) => {
      notify({ title: t('domains.saved', { name }) })
      onClose()
    },
  }
  const create = useApiAction(securityDomainEndpoints.createSecurityDomain, finish)
  const update = useApiAction(securityDomainEndpoints.updateSecurityDomain, finish)
  const submit = () => {
    const values = form.check()
    if (!values) return
    if (!domain) create.mutate({ body: values })
    else {
      const { parentId: place, ...rest } = values
      const body = domain.parentId === null ? rest : { ...rest, parentId: place }
      update.mutate({ params: { securityDomainId: domain.id }, etag: `"${domain.version}"`, body })
    }
  }
  return (
    <FormDialog
      title={domain ? t('domains.editOf', { name: domain.name }) : t('domains.add')}
      submitLabel={t('kit:forms.save')}
      onSubmit={submit}
      onClose={onClose}
      error={create.error ?? update.error}
      isBusy={create.isPending || update.isPending}
    >
      <TextField field={form.field('name')} label={t('domains.name')} />
      {domain?.parentId !== null && (
        <DomainField
          label={t('domains.below')}
          value={form.values.parentId}
          onChange={(place) => form.setValues({ parentId: place })}
        />
      )}
      <TextField field={form.field('notes')} label={t('domains.notes')} />
    </FormDialog>
  )
}
