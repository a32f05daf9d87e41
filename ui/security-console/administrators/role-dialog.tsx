import { administratorEndpoints, permission, type Role } from '@driftlock/contracts'
import { ownField, TextField, useApiAction } from '@driftlock/ui-kit'
import { Checkbox, FormFieldGroup } from '@patternfly/react-core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../dialogs/form-dialog.tsx'
import { useMay, useSession } from '../session/session-context.ts'
import { useWorded } from '../worded/use-worded.ts'

/** A new role, or what one holds: to be changed, or only read where it is predefined or the permission lacks. */
export function RoleDialog({ role, onClose }: { role?: Role; onClose: () => void }) {
  const { t } = useTranslation()
  const [name, setName] = useState(role?.name ?? '')
  const [held, setHeld] = useState<readonly string[]>(role?.permissions ?? [])
  const finish = { invalidates: ['/api/v1/roles', '/api/v1/session'], onDone: onClose }
  const create = useApiAction(administratorEndpoints.createRole, finish)
  const update = useApiAction(administratorEndpoints.updateRole, finish)
  const may = useMay()
  const fixed = role?.predefined === true || !may('assign-role')
  const submit = () => {
    const permissions = permission.options.filter((one) => held.includes(one))
    if (!role) create.mutate({ body: { name, permissions } })
    else update.mutate({ params: { roleId: role.id }, etag: `"${role.version}"`, body: { name, permissions } })
  }
  return (
    <FormDialog
      title={role?.name ?? t('roles.create')}
      submitLabel={t('kit:forms.save')}
      onSubmit={submit}
      onClose={onClose}
      error={create.error ?? update.error}
      isBusy={create.isPending || update.isPending}
      isDone={fixed}
      wide
    >
      {!fixed && (
        <TextField
          field={ownField({ name: 'name', value: name, onChange: setName, required: true, maxLength: 128 })}
          label={t('roles.name')}
        />
      )}
      <PermissionFields held={held} isFixed={fixed} onChange={setHeld} />
    </FormDialog>
  )
}

interface PermissionFieldsProps {
  held: readonly string[]
  isFixed: boolean
  onChange: (held: readonly string[]) => void
}

/** Every permission with a box; of a role that stays as it is, those it holds. */
function PermissionFields({ held, isFixed, onChange }: PermissionFieldsProps) {
  const wordsOf = usePermissionWords()
  return (
    <FormFieldGroup>
      {permission.options
        .filter((one) => !isFixed || held.includes(one))
        .map((one) => (
          <Checkbox
            key={one}
            id={`driftlock-permission-${one}`}
            label={wordsOf(one)}
            isChecked={held.includes(one)}
            isDisabled={isFixed}
            onChange={(_event, isHeld) => onChange(isHeld ? [...held, one] : held.filter((other) => other !== one))}
          />
        ))}
    </FormFieldGroup>
  )
}

function usePermissionWords(): (name: string) => string {
  const { held: known } = useSession()
  const worded = useWorded()
  return (name) => {
    const text = known.find((mine) => mine.permission === name)?.text ?? name
    return worded({ code: `permission-${name}`, text })
  }
}
