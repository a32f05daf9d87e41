import { type Setting, settingEndpoints, type SettingValue } from '@driftlock/contracts'
import { CheckboxField, NumberField, ownField, SelectField, useApi, useApiAction, useToast } from '@driftlock/ui-kit'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../dialogs/form-dialog.tsx'
import { useSettingWords } from './use-setting-words.ts'

interface SettingDialogProps {
  setting: Setting
  onClose: () => void
}

/** Sets a setting for all instances; the toast takes it back. */
export function SettingDialog({ setting, onClose }: SettingDialogProps) {
  const { t } = useTranslation()
  const { meaningOf } = useSettingWords()
  const api = useApi()
  const notify = useToast()
  const { key, global, initial } = setting
  const [value, setValue] = useState<SettingValue>(global ?? initial)
  const params = { key }
  const save = useApiAction(settingEndpoints.updateSetting, {
    invalidates: ['/api/v1/settings', '/api/v1/self-service-settings'],
    onDone: () => {
      const undo = () =>
        global === null
          ? api.call(settingEndpoints.resetSetting, { params })
          : api.call(settingEndpoints.updateSetting, { params, body: { value: global } })
      notify({ title: t('settings.saved', { key }), undo })
      onClose()
    },
  })
  return (
    <FormDialog
      title={key}
      lead={meaningOf(setting)}
      submitLabel={t('kit:forms.save')}
      onSubmit={() => save.mutate({ params, body: { value } })}
      onClose={onClose}
      error={save.error}
      isBusy={save.isPending}
    >
      <ValueField setting={setting} value={value} onChange={setValue} />
    </FormDialog>
  )
}

interface ValueFieldProps {
  setting: Setting
  value: SettingValue
  onChange: (value: SettingValue) => void
}

function ValueField({ setting, value, onChange }: ValueFieldProps) {
  const { t } = useTranslation()
  const label = t('settings.value')
  if (typeof value === 'boolean')
    return <CheckboxField field={{ name: 'value', value, onChange }} label={setting.key} />
  if (typeof value === 'string') {
    const choices = (setting.choices ?? []).map((one) => ({ value: one, label: one }))
    return <SelectField field={{ name: 'value', value, onChange }} label={label} choices={choices} />
  }
  return (
    <NumberField
      field={ownField({ name: 'value', value, onChange, required: true, min: setting.min, max: setting.max })}
      label={label}
    />
  )
}
