import type { UserDetails } from '@driftlock/contracts'
import { ProblemAlert, TextField, useContractForm, useUnsavedChangesGuard } from '@driftlock/ui-kit'
import { ActionGroup, Button, Form } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { LinkButton } from '../forms/link-button.tsx'
import { MomentField } from '../forms/moment-field.tsx'
import { DomainField } from '../security-domains/domain-field.tsx'

const schema = z.object({
  username: z.string().min(1).max(255),
  securityDomainId: z.string().min(1),
  aliases: z.string().max(5120),
  firstName: z.string().max(128),
  lastName: z.string().max(128),
  email: z.string().max(254),
  phone: z.string().max(64),
  notes: z.string().max(1024),
  startsAt: z.number().nullable(),
  expiresAt: z.number().nullable(),
})

type Values = z.infer<typeof schema>
export type UserBody = Omit<Values, 'aliases'> & { readonly aliases: string[] }

interface UserFormProps {
  user?: UserDetails
  error: unknown
  isBusy: boolean
  isSaved: boolean
  onSave: (body: UserBody) => void
}

const lines = ['username', 'firstName', 'lastName', 'email', 'phone'] as const

/** The fields of a user, for a new one and for changes. */
export function UserForm({ user, error, isBusy, isSaved, onSave }: UserFormProps) {
  const { t } = useTranslation()
  const form = useContractForm<typeof schema.shape, Values>(schema, user ? valuesOf(user) : nobody)
  useUnsavedChangesGuard(form.changed && !isSaved)
  return (
    <Form
      isWidthLimited
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        const values = form.check()
        if (values) onSave({ ...values, aliases: values.aliases.split(/[\s,]+/).filter((one) => one !== '') })
      }}
    >
      <ProblemAlert error={error} />
      {lines.map((name) => (
        <TextField
          key={name}
          field={form.field(name)}
          label={t(name === 'username' ? 'users.userId' : `users.${name}`)}
        />
      ))}
      <TextField field={form.field('aliases')} label={t('users.aliases')} help={t('users.aliasesHelp')} />
      <DomainField
        label={t('users.domain')}
        value={form.values.securityDomainId}
        onChange={(securityDomainId) => form.setValues({ securityDomainId })}
      />
      <MomentField
        label={t('users.starts')}
        value={form.values.startsAt}
        onChange={(startsAt) => form.setValues({ startsAt })}
      />
      <MomentField
        label={t('users.expires')}
        value={form.values.expiresAt}
        onChange={(expiresAt) => form.setValues({ expiresAt })}
      />
      <TextField field={form.field('notes')} label={t('users.notes')} multiline />
      <ActionGroup>
        <Button type="submit" isLoading={isBusy} isDisabled={isBusy}>
          {t('kit:forms.save')}
        </Button>
        <LinkButton to={user ? `/users/${user.id}` : '/users'} variant="link">
          {t('kit:dialogs.cancel')}
        </LinkButton>
      </ActionGroup>
    </Form>
  )
}

const nobody: Values = {
  username: '',
  aliases: '',
  firstName: '',
  lastName: '',
  email: '',
  phone: '',
  notes: '',
  securityDomainId: '',
  startsAt: null,
  expiresAt: null,
}

function valuesOf(user: UserDetails): Values {
  const { username, firstName, lastName, email, phone, notes, startsAt, expiresAt } = user
  const aliases = user.aliases.join(', ')
  const securityDomainId = user.securityDomain.id
  return { username, aliases, firstName, lastName, email, phone, notes, securityDomainId, startsAt, expiresAt }
}
