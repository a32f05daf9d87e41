import { administratorEndpoints } from '@driftlock/contracts'
import { SelectField, useApiAction, useApiQuery } from '@driftlock/ui-kit'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../dialogs/form-dialog.tsx'
import { DomainField } from '../security-domains/domain-field.tsx'

interface AssignRoleDialogProps {
  userId: string
  onClose: () => void
}

/** Gives a role in a scope: a domain and everything below it. */
export function AssignRoleDialog({ userId, onClose }: AssignRoleDialogProps) {
  const { t } = useTranslation()
  const roles = useApiQuery(administratorEndpoints.listRoles, {})
  const [roleId, setRoleId] = useState('')
  const [securityDomainId, setDomain] = useState('')
  const assign = useApiAction(administratorEndpoints.assignRole, {
    invalidates: ['/api/v1/administrators', '/api/v1/session'],
    onDone: onClose,
  })
  return (
    <FormDialog
      title={t('administrators.giveRole')}
      submitLabel={t('administrators.giveRole')}
      onSubmit={() => {
        if (roleId !== '' && securityDomainId !== '')
          assign.mutate({ params: { userId }, body: { roleId, securityDomainId } })
      }}
      onClose={onClose}
      error={assign.error}
      isBusy={assign.isPending}
    >
      <SelectField
        field={{ name: 'roleId', value: roleId, onChange: setRoleId }}
        label={t('administrators.role')}
        choices={[
          { value: '', label: t('forms.choose') },
          ...(roles.data?.items ?? []).map((role) => ({ value: role.id, label: role.name })),
        ]}
      />
      <DomainField
        label={t('administrators.scope')}
        value={securityDomainId}
        onChange={setDomain}
        help={t('administrators.scopeHelp')}
      />
    </FormDialog>
  )
}
