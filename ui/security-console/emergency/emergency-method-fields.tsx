import { NumberField, RadioField } from '@driftlock/ui-kit'
import { Button } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { maxCodes } from './emergency-form-state.ts'
import type { EmergencyForm } from './use-emergency-form.ts'

interface EmergencyMethodFieldsProps {
  form: EmergencyForm
  canGenerate: boolean
}

/** Steps 6 to 8 of seed 004: the kind of code, how many, and Generate Codes. */
export function EmergencyMethodFields({ form, canGenerate }: EmergencyMethodFieldsProps) {
  const { t } = useTranslation()
  const { choices, contradictions } = form
  const isSet = choices.method === 'one-time-set'
  const countFault = contradictions.includes('count') ? { key: 'tooBig', values: { limit: maxCodes } } : undefined
  return (
    <>
      <RadioField
        field={{ name: 'method', value: choices.method, onChange: (method) => form.choose({ method }) }}
        label={t('emergency.method')}
        choices={[
          { value: 'one-time-set', label: t('emergency.set'), description: t('emergency.setMeaning') },
          { value: 'temporary-fixed', label: t('emergency.fixed'), description: t('emergency.fixedMeaning') },
        ]}
      />
      {isSet && (
        <NumberField
          field={{
            name: 'count',
            value: choices.count,
            onChange: (count: number) => form.choose({ count }),
            fault: countFault,
            required: true,
            maxLength: undefined,
            min: 1,
            max: maxCodes,
          }}
          label={t('emergency.count')}
        />
      )}
      <div>
        <Button
          variant="secondary"
          onClick={form.generate}
          isDisabled={!canGenerate || form.isBusy || countFault !== undefined}
        >
          {t(isSet ? 'emergency.generateCodes' : 'emergency.generateNewCode')}
        </Button>
      </div>
    </>
  )
}
