import { type SelfServiceSettings, selfServiceSettingsEndpoints } from '@driftlock/contracts'
import {
  LinkButton,
  PageFrame,
  ProblemAlert,
  QueryView,
  useApiAction,
  useTaggedQuery,
  useToast,
  useUnsavedChangesGuard,
} from '@driftlock/ui-kit'
import { ActionGroup, Button, Card, CardBody, CardTitle, Content, Form } from '@patternfly/react-core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useMay } from '../session/session-context.ts'
import { EmergencySettingsFields } from './emergency-settings-fields.tsx'
import { FeatureFields } from './feature-fields.tsx'
import { maySaveSettings } from './may-save-settings.ts'

/** Setup > Self-Service Settings: the page that seed 002 starts from. */
export function SelfServiceSettingsPage() {
  const { t } = useTranslation()
  return (
    <PageFrame title={t('selfService.title')} lead={t('selfService.lead')}>
      <div className="driftlock-gap">
        <Section
          title={t('selfService.customization')}
          to="/self-service-settings/features"
          page={t('selfService.features')}
          lead={t('selfService.featuresLead')}
        />
        <Section
          title={t('selfService.provisioning')}
          to="/self-service-settings/manage-authenticators"
          page={t('selfService.authenticators')}
          lead={t('selfService.authenticatorsLead')}
        />
      </div>
    </PageFrame>
  )
}

interface SectionProps {
  title: string
  to: string
  page: string
  lead: string
}

function Section({ title, to, page, lead }: SectionProps) {
  return (
    <Card isCompact>
      <CardTitle component="h2">{title}</CardTitle>
      <CardBody>
        <Link to={to}>{page}</Link>
        <Content component="p">{lead}</Content>
      </CardBody>
    </Card>
  )
}

/** Enable or Disable Self-Service Features (seed 002). */
export function FeaturesPage() {
  const { t } = useTranslation()
  return (
    <SettingsForm title={t('selfService.features')} lead={t('selfService.featuresLead')}>
      {(settings, change) => <FeatureFields settings={settings} onChange={change} />}
    </SettingsForm>
  )
}

/** Manage Authenticators (seed 002). */
export function ManageAuthenticatorsPage() {
  const { t } = useTranslation()
  return (
    <SettingsForm title={t('selfService.authenticators')} lead={t('selfService.authenticatorsLead')}>
      {(settings, change) => <EmergencySettingsFields settings={settings} onChange={change} />}
    </SettingsForm>
  )
}

type Fields = (settings: SelfServiceSettings, change: (settings: SelfServiceSettings) => void) => ReactNode

function SettingsForm({ title, lead, children }: { title: string; lead: string; children: Fields }) {
  const { t } = useTranslation()
  const settings = useTaggedQuery(selfServiceSettingsEndpoints.getSelfServiceSettings, {})
  return (
    <PageFrame title={title} lead={lead} above={[{ to: '/self-service-settings', title: t('selfService.title') }]}>
      <QueryView query={settings}>
        {({ value, etag }) => (
          <LoadedSettings key={etag} saved={value} etag={etag}>
            {children}
          </LoadedSettings>
        )}
      </QueryView>
    </PageFrame>
  )
}

function LoadedSettings({
  saved,
  etag,
  children,
}: {
  saved: SelfServiceSettings
  etag: string | undefined
  children: Fields
}) {
  const { t } = useTranslation()
  const may = useMay()
  const notify = useToast()
  const [settings, setSettings] = useState(saved)
  const isChanged = JSON.stringify(settings) !== JSON.stringify(saved)
  useUnsavedChangesGuard(isChanged)
  const save = useApiAction(selfServiceSettingsEndpoints.saveSelfServiceSettings, {
    invalidates: ['/api/v1/self-service-settings', '/api/v1/settings'],
    onDone: () => notify({ title: t('selfService.saved') }),
  })
  const canSave = isChanged && maySaveSettings(settings)
  return (
    <Form
      isWidthLimited
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (canSave) save.mutate({ etag, body: settings })
      }}
    >
      <ProblemAlert error={save.error} />
      <fieldset disabled={!may('update-setting')} className="driftlock-fieldset driftlock-gap">
        {children(settings, setSettings)}
      </fieldset>
      <ActionGroup>
        <Button type="submit" isDisabled={!canSave || save.isPending} isLoading={save.isPending}>
          {t('kit:forms.save')}
        </Button>
        <LinkButton to="/self-service-settings" variant="link">
          {t('kit:dialogs.cancel')}
        </LinkButton>
      </ActionGroup>
    </Form>
  )
}
