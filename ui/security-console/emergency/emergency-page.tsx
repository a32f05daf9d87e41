import { type EmergencyAccess, emergencyAccessEndpoints, type TokenDetails, tokenEndpoints } from '@driftlock/contracts'
import { LinkButton, PageFrame, QueryView, useApiQuery, useUnsavedChangesGuard } from '@driftlock/ui-kit'
import { ActionGroup, Button, Form, FormAlert } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { EmergencyFields } from './emergency-form.tsx'
import { EmergencyState } from './emergency-state.tsx'
import { useEmergencyForm } from './use-emergency-form.ts'

/** Manage Emergency Access Tokencodes, as seed 004 walks through it. */
export function EmergencyPage() {
  const { tokenId = '' } = useParams()
  const token = useApiQuery(tokenEndpoints.getToken, { params: { tokenId } })
  const access = useApiQuery(emergencyAccessEndpoints.getEmergencyAccess, { params: { tokenId } })
  return (
    <QueryView query={token}>
      {(shown) => (
        <QueryView query={access}>{(current) => <EmergencyForm token={shown} current={current} />}</QueryView>
      )}
    </QueryView>
  )
}

function EmergencyForm({ token, current }: { token: TokenDetails; current: EmergencyAccess }) {
  const { t } = useTranslation()
  const form = useEmergencyForm(token, current)
  useUnsavedChangesGuard(form.isChanged)
  const { choices } = form
  const mustGenerate = choices.online && !choices.proposal
  const canSave = choices.online ? !mustGenerate && form.contradictions.length === 0 : current.active
  return (
    <PageFrame
      title={t('emergency.title')}
      lead={t('emergency.lead', { serial: token.serial, user: token.owner?.displayName ?? '' })}
      above={[
        { to: '/tokens', title: t('menu.manageExisting') },
        { to: `/tokens/${token.id}`, title: token.serial },
      ]}
    >
      <Form
        isWidthLimited
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (canSave) form.save()
        }}
      >
        <EmergencyState access={current} />
        <EmergencyFields token={token} current={current} form={form} />
        {mustGenerate && !form.isSaved && <FormAlert>{t('emergency.generateFirst')}</FormAlert>}
        <ActionGroup>
          <Button type="submit" isDisabled={!canSave || form.isBusy || form.isSaved}>
            {t('kit:forms.save')}
          </Button>
          <LinkButton to={token.owner ? `/users/${token.owner.id}` : `/tokens/${token.id}`} variant="link">
            {t(form.isSaved ? 'emergency.toUser' : 'kit:dialogs.cancel')}
          </LinkButton>
        </ActionGroup>
      </Form>
    </PageFrame>
  )
}
