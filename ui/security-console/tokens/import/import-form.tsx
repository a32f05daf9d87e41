import type { Job } from '@driftlock/contracts'
import { ProblemAlert, SecretField, SelectField } from '@driftlock/ui-kit'
import { ActionGroup, Button, FileUpload, Form, FormGroup } from '@patternfly/react-core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DomainField } from '../../security-domains/domain-field.tsx'
import { type ImportChoices, startImport } from './start-import.ts'

const formats = ['auto', 'sdtid', 'ctf', 'pskc', 'csv', 'otpauth'] as const
const duplicates = ['refuse', 'skip', 'replace'] as const

/** The file, its format and password, where its tokens go and what happens to those already there. */
export function ImportForm({ onStarted }: { onStarted: (job: Job) => void }) {
  const { t } = useTranslation()
  const [file, setFile] = useState<File>()
  const [choices, setChoices] = useState<Omit<ImportChoices, 'file'>>({
    format: 'auto',
    securityDomainId: '',
    duplicates: 'refuse',
    password: '',
  })
  const choose = (some: Partial<ImportChoices>) => setChoices((before) => ({ ...before, ...some }))
  const start = useMutation({
    mutationFn: (input: { file: File; dryRun: boolean }) => startImport({ ...choices, file: input.file }, input.dryRun),
    onSuccess: onStarted,
  })
  const ready = file !== undefined && choices.securityDomainId !== ''
  const run = (dryRun: boolean) => {
    if (ready) start.mutate({ file, dryRun })
  }
  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault()
        run(true)
      }}
    >
      <ProblemAlert error={start.error} />
      <FormGroup label={t('import.file')} fieldId="driftlock-import-file" isRequired>
        <FileUpload
          id="driftlock-import-file"
          filename={file?.name ?? ''}
          filenamePlaceholder={t('import.choose')}
          browseButtonText={t('import.browse')}
          clearButtonText={t('import.clear')}
          browseButtonAriaDescribedby="driftlock-import-file-filename"
          onFileInputChange={(_event, chosen) => setFile(chosen)}
          onClearClick={() => setFile(undefined)}
          hideDefaultPreview
        />
      </FormGroup>
      <SelectField
        field={{ name: 'format', value: choices.format, onChange: (format) => choose({ format }) }}
        label={t('import.format')}
        choices={formats.map((value) => ({ value, label: t(`import.formats.${value}`) }))}
      />
      <SecretField
        field={{
          name: 'password',
          value: choices.password,
          onChange: (password) => choose({ password }),
          fault: undefined,
          required: false,
          maxLength: 256,
          min: undefined,
          max: undefined,
        }}
        label={t('import.password')}
        help={t('import.passwordHelp')}
        autoComplete="off"
      />
      <DomainField
        label={t('import.domain')}
        value={choices.securityDomainId}
        onChange={(securityDomainId) => choose({ securityDomainId })}
      />
      <SelectField
        field={{ name: 'duplicates', value: choices.duplicates, onChange: (value) => choose({ duplicates: value }) }}
        label={t('import.duplicates')}
        choices={duplicates.map((value) => ({ value, label: t(`import.duplicate.${value}`) }))}
      />
      <ActionGroup>
        <Button type="submit" variant="secondary" isDisabled={!ready} isLoading={start.isPending}>
          {t('import.dryRun')}
        </Button>
        <Button onClick={() => run(false)} isDisabled={!ready || start.isPending}>
          {t('import.import')}
        </Button>
      </ActionGroup>
    </Form>
  )
}
