import { type DomainPolicies, policyEndpoints, type PolicyKind, setPolicy } from '@driftlock/contracts'
import { useApiAction, useToast } from '@driftlock/ui-kit'
import { Checkbox, FormFieldGroup, FormFieldGroupHeader } from '@patternfly/react-core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../dialogs/form-dialog.tsx'
import { PolicyField } from './policy-field.tsx'
import { isGroup, type PolicyScalar, type PolicyValue, type PolicyValues } from './policy-value.ts'

interface PolicyDialogProps {
  kind: PolicyKind
  policies: DomainPolicies
  onClose: () => void
}

/** Sets a policy of a domain, field by field: what is not set here stays inherited. */
export function PolicyDialog({ kind, policies, onClose }: PolicyDialogProps) {
  const { t } = useTranslation()
  const notify = useToast()
  const { own, inherited, effective, version } = policies[kind]
  const above: PolicyValues = inherited
  const [values, setValues] = useState<PolicyValues>(() => ({ ...own }))
  const { id: securityDomainId, name } = policies.securityDomain
  const save = useApiAction(policyEndpoints.setPolicy, {
    invalidates: ['/api/v1/security-domains'],
    onDone: () => {
      notify({ title: t('policies.saved', { name }) })
      onClose()
    },
  })
  const body = setPolicy.safeParse({ kind, value: values })
  const toggle = (field: string, isSet: boolean) => {
    const { [field]: _, ...rest } = values
    setValues(isSet ? { ...values, [field]: above[field] ?? null } : rest)
  }
  return (
    <FormDialog
      title={t(`policies.editKind.${kind}`)}
      lead={t('policies.editLead', { name })}
      submitLabel={t('kit:forms.save')}
      onSubmit={() => {
        if (body.success) save.mutate({ params: { securityDomainId, kind }, etag: `"${version}"`, body: body.data })
      }}
      onClose={onClose}
      error={save.error}
      isBusy={save.isPending}
      wide
    >
      {Object.keys(effective).map((field) => (
        <FormFieldGroup
          key={field}
          header={
            <FormFieldGroupHeader
              titleText={{ text: t(`policies.fields.${field}`), id: `driftlock-policy-${field}` }}
            />
          }
        >
          <Checkbox
            id={`driftlock-set-${field}`}
            label={t('policies.setHere')}
            isChecked={field in values}
            onChange={(_event, isSet) => toggle(field, isSet)}
          />
          <ValueFields
            name={field}
            value={values[field]}
            onChange={(value) => setValues({ ...values, [field]: value })}
          />
        </FormFieldGroup>
      ))}
    </FormDialog>
  )
}

interface ValueFieldsProps {
  name: string
  value: PolicyValue | undefined
  onChange: (value: PolicyValue) => void
}

function ValueFields({ name, value, onChange }: ValueFieldsProps) {
  if (value === undefined) return null
  if (!isGroup(value)) return <PolicyField name={name} value={value} onChange={onChange} />
  return (
    <>
      {Object.entries(value).map(([inner, one]) => (
        <PolicyField
          key={inner}
          name={inner}
          value={one}
          onChange={(next: PolicyScalar) => onChange({ ...value, [inner]: next })}
        />
      ))}
    </>
  )
}
