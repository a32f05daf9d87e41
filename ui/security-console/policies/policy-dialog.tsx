import { type DomainPolicies, policyEndpoints, type PolicyKind, setPolicy } from '@driftlock/contracts'
import { useApiAction, useToast } from '@driftlock/ui-kit'
import { Alert, Checkbox, FormFieldGroup, FormFieldGroupHeader } from '@patternfly/react-core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
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
  const { own, inherited, effective, version } = policies[kind]
  const above: PolicyValues = inherited
  const [values, setValues] = useState<PolicyValues>(() => ({ ...own }))
  const { id: securityDomainId, name } = policies.securityDomain
  const save = useSavePolicy(name, onClose)
  const [wrong, setWrong] = useState<readonly string[]>([])
  const submit = () => {
    const body = setPolicy.safeParse({ kind, value: values })
    setWrong(body.success ? [] : fieldsNamed(body.error))
    if (body.success) save.mutate({ params: { securityDomainId, kind }, etag: `"${version}"`, body: body.data })
  }
  const toggle = (field: string, isSet: boolean) => {
    const { [field]: _, ...rest } = values
    setValues(isSet ? { ...values, [field]: above[field] ?? null } : rest)
  }
  return (
    <FormDialog
      title={t(`policies.editKind.${kind}`)}
      lead={t('policies.editLead', { name })}
      submitLabel={t('kit:forms.save')}
      onSubmit={submit}
      onClose={onClose}
      error={save.error}
      isBusy={save.isPending}
      wide
    >
      <WrongFields fields={wrong} />
      {Object.keys(effective).map((field) => (
        <PolicyFieldGroup
          key={field}
          name={field}
          value={values[field]}
          onToggle={(isSet) => toggle(field, isSet)}
          onChange={(value) => setValues({ ...values, [field]: value })}
        />
      ))}
    </FormDialog>
  )
}

function useSavePolicy(name: string, onClose: () => void) {
  const { t } = useTranslation()
  const notify = useToast()
  return useApiAction(policyEndpoints.setPolicy, {
    invalidates: ['/api/v1/security-domains'],
    onDone: () => {
      notify({ title: t('policies.saved', { name }) })
      onClose()
    },
  })
}

function WrongFields({ fields }: { fields: readonly string[] }) {
  const { t } = useTranslation()
  if (fields.length === 0) return null
  const named = fields.map((field) => t(`policies.fields.${field}`)).join(', ')
  return <Alert variant="danger" isInline component="p" role="alert" title={t('policies.wrong', { fields: named })} />
}

/** The fields in which a policy does not fit its schema; paths begin with `value`. */
function fieldsNamed(error: z.ZodError): readonly string[] {
  const names = error.issues.map(({ path }) => String(path.at(-1)))
  return [...new Set(names)]
}

interface ValueFieldsProps {
  name: string
  value: PolicyValue | undefined
  onChange: (value: PolicyValue) => void
}

/** One field of a policy: whether it is set here, and to what. */
function PolicyFieldGroup({ onToggle, ...field }: ValueFieldsProps & { onToggle: (isSet: boolean) => void }) {
  const { t } = useTranslation()
  const { name, value } = field
  const titleText = { text: t(`policies.fields.${name}`), id: `driftlock-policy-${name}` }
  return (
    <FormFieldGroup header={<FormFieldGroupHeader titleText={titleText} />}>
      <Checkbox
        id={`driftlock-set-${name}`}
        label={t('policies.setHere')}
        isChecked={value !== undefined}
        onChange={(_event, isSet) => onToggle(isSet)}
      />
      <ValueFields {...field} />
    </FormFieldGroup>
  )
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
