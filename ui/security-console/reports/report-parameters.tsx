import { ownField, NumberField } from '@driftlock/ui-kit'
import { Form } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { MomentField } from '../forms/moment-field.tsx'
import type { SearchFields } from '../search/use-search-fields.ts'
import { DomainField } from '../security-domains/domain-field.tsx'

export const reportParameterNames = ['securityDomainId', 'from', 'before', 'days'] as const

interface ReportParametersProps {
  search: SearchFields<(typeof reportParameterNames)[number]>
}

/** What a report can be narrowed by. */
export function ReportParameters({ search: { values, set } }: ReportParametersProps) {
  const { t } = useTranslation()
  return (
    <Form className="driftlock-filters">
      <DomainField
        label={t('users.domain')}
        value={values.securityDomainId ?? ''}
        onChange={(securityDomainId) => set({ securityDomainId })}
        anyLabel={t('search.any')}
      />
      {(['from', 'before'] as const).map((parameter) => (
        <MomentField
          key={parameter}
          label={t(`search.${parameter}`)}
          value={values[parameter] === undefined ? null : Number(values[parameter])}
          onChange={(value) => set({ [parameter]: value === null ? '' : String(value) })}
        />
      ))}
      <NumberField
        field={ownField({
          name: 'days',
          value: values.days === undefined ? undefined : Number(values.days),
          onChange: (days: number | undefined) =>
            set({ days: days === undefined || Number.isNaN(days) ? '' : String(days) }),
          min: 1,
          max: 3660,
        })}
        label={t('reports.days')}
      />
    </Form>
  )
}
