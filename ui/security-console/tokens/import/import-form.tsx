import type { Job } from '@driftlock/contracts'
import { ownField, ProblemAlert, SecretField, SelectField, useUnsavedChangesGuard } from '@driftlock/ui-kit'
import { ActionGroup, Button, FileUpload, Form, FormGroup } from '@patternfly/react-core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DomainField } from '../../security-domains/domain-field.tsx'
import { type ImportChoices, startImport } from './start-import.ts'

const formats = ['auto', 'sdtid', 'ctf', 'pskc', 'csv', 'otpauth'] as const
const duplicates = ['refuse', 'skip', 'replace'] as const

type Choices = Omit<ImportChoices, 'file'>

const firstChoices: Choices = { format: 'auto', securityDomainId: '', duplicates: 'refuse', password: '' }

/** The file, its format and password, where its tokens go and what happens to those already there. */
export function ImportForm({ onStarted }: { onStarted: (job: Job) => void }) {
  const { t } = useTranslation()
  const [file, setFile] = useState<File>()
  const [imported, setImported] = useState<File>()
  const [choices, setChoices] = useState(firstChoices)
  useUnsavedChangesGuard(file !== undefined && file !== imported)
  const start = useMutation({
    mutationFn: (input: { file: File; dryRun: boolean }) => startImport({ ...choices, file: input.file }, input.dryRun),
    onSuccess: (job, input) => {
      if (!input.dryRun) setImported(input.file)
      onStarted(job)
    },
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
      <FileField file={file} onChoose={setFile} />
      <ChoiceFields choices={choices} onChoose={(some) => setChoices((before) => ({ ...before, ...some }))} />
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

function FileField({ file, onChoose }: { file: File | undefined; onChoose: (file: File | undefined) => void }) {
  const { t } = useTranslation()
  return (
    <FormGroup label={t('import.file')} fieldId="driftlock-import-file" isRequired>
      <FileUpload
        id="driftlock-import-file"
        filename={file?.name ?? ''}
        filenamePlaceholder={t('import.choose')}
        browseButtonText={t('import.browse')}
        clearButtonText={t('import.clear')}
        browseButtonAriaDescribedby="driftlock-import-file-filename"
        onFileInputChange={(_event, chosen) => onChoose(chosen)}
        onClearClick={() => onChoose(undefined)}
        hideDefaultPreview
      />
    </FormGroup>
  )
}

function ChoiceFields({ choices, onChoose }: { choices: Choices; onChoose: (some: Partial<Choices>) => void }) {
  const { t } = useTranslation()
  return (
    <>
      <SelectField
        field={{ name: 'format', value: choices.format, onChange: (format) => onChoose({ format }) }}
        label={t('import.format')}
        choices={formats.map((value) => ({ value, label: t(`import.formats.${value}`) }))}
      />
      <SecretField
        field={ownField({
          name: 'password',
          value: choices.password,
          onChange: (password) => onChoose({ password }),
          maxLength: 256,
        })}
        label={t('import.password')}
        help={t('import.passwordHelp')}
        autoComplete="off"
      />
      <DomainField
        label={t('import.domain')}
        value={choices.securityDomainId}
        onChange={(securityDomainId) => onChoose({ securityDomainId })}
      />
      <SelectField
        field={{ name: 'duplicates', value: choices.duplicates, onChange: (value) => onChoose({ duplicates: value }) }}
        label={t('import.duplicates')}
        choices={duplicates.map((value) => ({ value, label: t(`import.duplicate.${value}`) }))}
      />
    </>
  )
}
