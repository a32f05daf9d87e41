import { administratorEndpoints, permission, type Role } from '@driftlock/contracts'
import {
  type Column,
  ownField,
  PageFrame,
  QueryView,
  RowsTable,
  TextField,
  useApiAction,
  useApiQuery,
  useConfirm,
} from '@driftlock/ui-kit'
import { Button, Checkbox, FormFieldGroup } from '@patternfly/react-core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAct } from '../acts/use-act.ts'
import { FormDialog } from '../dialogs/form-dialog.tsx'
import { useMay, useSession } from '../session/session-context.ts'
import { useWorded } from '../worded/use-worded.ts'

/** Administration > Roles: what each holds. The predefined ones cannot be changed. */
export function RolesPage() {
  const { t } = useTranslation()
  const may = useMay()
  const act = useAct()
  const confirm = useConfirm()
  const roles = useApiQuery(administratorEndpoints.listRoles, {})
  const [editing, setEditing] = useState<{ role?: Role }>()
  const remove = async ({ id, name, version }: Role) => {
    const title = t('roles.deleteQuestion', { name })
    const confirmed = await confirm({
      title,
      body: t('roles.deleteMeaning'),
      confirmLabel: t('roles.delete'),
      danger: true,
    })
    const input = { params: { roleId: id }, etag: `"${version}"` }
    if (confirmed) await act(administratorEndpoints.deleteRole, input, { done: t('roles.deleted', { name }) })
  }
  const columns: readonly Column<Role>[] = [
    { id: 'name', title: t('roles.name'), cell: (role) => role.name },
    { id: 'kind', title: t('roles.kind'), cell: (role) => t(role.predefined ? 'roles.predefined' : 'roles.own') },
    { id: 'count', title: t('roles.permissions'), cell: (role) => role.permissions.length },
  ]
  return (
    <PageFrame
      title={t('menu.roles')}
      actions={may('assign-role') && <Button onClick={() => setEditing({})}>{t('roles.create')}</Button>}
    >
      <QueryView query={roles}>
        {({ items }) => (
          <RowsTable
            label={t('menu.roles')}
            rows={items}
            columns={columns}
            keyOf={(role) => role.id}
            nameOf={(role) => role.name}
            rowActions={(role) => [
              { title: t(role.predefined ? 'roles.show' : 'roles.edit'), onChoose: () => setEditing({ role }) },
              ...(role.predefined || !may('revoke-role')
                ? []
                : [{ title: t('roles.delete'), isDanger: true, onChoose: () => void remove(role) }]),
            ]}
          />
        )}
      </QueryView>
      {editing && <RoleDialog {...editing} onClose={() => setEditing(undefined)} />}
    </PageFrame>
  )
}

function RoleDialog({ role, onClose }: { role?: Role; onClose: () => void }) {
  const { t } = useTranslation()
  const [name, setName] = useState(role?.name ?? '')
  const [held, setHeld] = useState<readonly string[]>(role?.permissions ?? [])
  const finish = { invalidates: ['/api/v1/roles', '/api/v1/session'], onDone: onClose }
  const create = useApiAction(administratorEndpoints.createRole, finish)
  const update = useApiAction(administratorEndpoints.updateRole, finish)
  const fixed = role?.predefined === true
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
