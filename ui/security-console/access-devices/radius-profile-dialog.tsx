import { type RadiusClient, radiusClientEndpoints } from '@driftlock/contracts'
import { CheckboxField, SelectField, TextField, useApiAction, useContractForm, useToast } from '@driftlock/ui-kit'
import { Alert } from '@patternfly/react-core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { FormDialog } from '../dialogs/form-dialog.tsx'
import { ownTextLines, ownTextsOf } from './own-text-lines.ts'

interface RadiusProfileDialogProps {
  client: RadiusClient
  onClose: () => void
}

const LONGEST_LIST = 16_384

const schema = z.object({
  messageAuthenticator: z.enum(['auto', 'no']),
  language: z.string().regex(/^[a-z]{2,3}$/),
  supportsChallenge: z.boolean(),
  isProxy: z.boolean(),
  rejectDetail: z.enum(['nothing', 'denied', 'advice']),
  stripRealm: z.boolean(),
  userNamePattern: z.string().max(255),
  userNameReplacement: z.string().max(255),
  replyAttributes: z.string().max(LONGEST_LIST),
  groups: z.string().max(LONGEST_LIST),
  ownTexts: z.string().max(LONGEST_LIST),
})

type Values = z.infer<typeof schema>

/** How log-ons through a RADIUS client go: what it is told, asked and allowed. */
export function RadiusProfileDialog({ client, onClose }: RadiusProfileDialogProps) {
  const { t } = useTranslation()
  const notify = useToast()
  const form = useContractForm(schema, valuesOf(client))
  const [isUnreadable, setUnreadable] = useState(false)
  const update = useApiAction(radiusClientEndpoints.updateRadiusClient, {
    invalidates: ['/api/v1/radius-clients'],
    onDone: () => {
      notify({ variant: 'success', title: t('radius.profileSaved', { name: client.name }) })
      onClose()
    },
  })
  const submit = () => {
    const values = form.check()
    const profile = values && profileOf(values)
    setUnreadable(values !== undefined && profile === undefined)
    if (profile)
      update.mutate({ params: { radiusClientId: client.id }, etag: `"${client.version}"`, body: { profile } })
  }
  return (
    <FormDialog
      title={t('radius.profileOf', { name: client.name })}
      submitLabel={t('kit:forms.save')}
      onSubmit={submit}
      onClose={onClose}
      error={update.error}
      isBusy={update.isPending}
    >
      <DialogueFields form={form} />
      <NameFields form={form} />
      <TextField
        field={form.field('replyAttributes')}
        label={t('radius.replyAttributes')}
        help={t('radius.replyAttributesHelp')}
        multiline
      />
      <TextField field={form.field('groups')} label={t('radius.groups')} help={t('radius.groupsHelp')} multiline />
      <TextField
        field={form.field('ownTexts')}
        label={t('radius.ownTexts')}
        help={t('radius.ownTextsHelp')}
        multiline
      />
      {isUnreadable && <Alert isInline component="p" variant="danger" title={t('radius.ownTextsUnreadable')} />}
    </FormDialog>
  )
}

interface FieldsProps {
  form: ReturnType<typeof useContractForm<typeof schema.shape, Values>>
}

function DialogueFields({ form }: FieldsProps) {
  const { t } = useTranslation()
  return (
    <>
      <SelectField
        field={form.field('messageAuthenticator')}
        label={t('radius.authenticatorRule')}
        choices={[
          { value: 'auto', label: t('radius.authenticatorAuto') },
          { value: 'no', label: t('radius.authenticatorNever') },
        ]}
      />
      <TextField field={form.field('language')} label={t('radius.language')} help="en, de" />
      <SelectField
        field={form.field('rejectDetail')}
        label={t('radius.rejectDetail')}
        choices={[
          { value: 'nothing', label: t('radius.rejectNothing') },
          { value: 'denied', label: t('radius.rejectDenied') },
          { value: 'advice', label: t('radius.rejectAdvice') },
        ]}
      />
      <CheckboxField
        field={form.field('supportsChallenge')}
        label={t('radius.supportsChallenge')}
        help={t('radius.supportsChallengeHelp')}
      />
      <CheckboxField field={form.field('isProxy')} label={t('radius.isProxy')} help={t('radius.isProxyHelp')} />
    </>
  )
}

function NameFields({ form }: FieldsProps) {
  const { t } = useTranslation()
  return (
    <>
      <CheckboxField field={form.field('stripRealm')} label={t('radius.stripRealm')} />
      <TextField
        field={form.field('userNamePattern')}
        label={t('radius.userNamePattern')}
        help={t('radius.userNamePatternHelp')}
      />
      <TextField field={form.field('userNameReplacement')} label={t('radius.userNameReplacement')} />
    </>
  )
}

function valuesOf({ profile }: RadiusClient): Values {
  const { prompts: _prompts, translations: _translations, replyAttributes, groups, ...rest } = profile
  return {
    ...rest,
    replyAttributes: replyAttributes.join('\n'),
    groups: groups.join('\n'),
    ownTexts: ownTextLines(profile).join('\n'),
  }
}

function profileOf({ ownTexts, replyAttributes, groups, ...rest }: Values) {
  const texts = ownTextsOf(ownTexts)
  return texts && { ...rest, ...texts, replyAttributes: linesOf(replyAttributes), groups: linesOf(groups) }
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
