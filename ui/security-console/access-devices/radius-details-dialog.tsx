import { type RadiusClient, type RadiusClientActivity, radiusClientEndpoints } from '@driftlock/contracts'
import { Moment, QueryView, useApiQuery } from '@driftlock/ui-kit'
import { Alert, Content } from '@patternfly/react-core'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { DetailsDialog } from '../dialogs/details-dialog.tsx'
import { type Fact, Facts } from '../facts/facts.tsx'
import { DomainLink } from '../links/domain-link.tsx'
import { LogOnsThrough } from './log-ons-through.tsx'
import { MessageAuthenticatorText } from './message-authenticator-text.tsx'
import { ownTextLines } from './own-text-lines.ts'

interface RadiusDetailsDialogProps {
  clientId: string
  /** `undefined` = nothing came from it. */
  activity: RadiusClientActivity | undefined
  onClose: () => void
}

/** Everything that is set for a client, and what passed between it and the answering instance. */
export function RadiusDetailsDialog({ clientId, activity, onClose }: RadiusDetailsDialogProps) {
  const { t } = useTranslation()
  const client = useApiQuery(radiusClientEndpoints.getRadiusClient, { params: { radiusClientId: clientId } })
  const title = client.data ? t('radius.detailsOf', { name: client.data.name }) : t('radius.details')
  return (
    <DetailsDialog title={title} onClose={onClose}>
      {activity?.wrongSecretSuspected === true && (
        <Alert isInline component="p" variant="danger" title={t('radius.wrongSecretSuspected')} />
      )}
      <QueryView query={client}>{(shown) => <RadiusClientFacts client={shown} />}</QueryView>
      <Content component="h2">{t('radius.ofAllInstances')}</Content>
      {activity === undefined ? (
        <Content component="p">{t('radius.nothingYet')}</Content>
      ) : (
        <Facts facts={activityFacts(activity, t)} />
      )}
    </DetailsDialog>
  )
}

function RadiusClientFacts({ client }: { client: RadiusClient }) {
  const { t } = useTranslation()
  return (
    <>
      <Facts facts={profileFacts(client, t)} />
      <LogOnsThrough name={client.name} />
    </>
  )
}

function profileFacts(client: RadiusClient, t: TFunction): readonly Fact[] {
  const { profile } = client
  const yesOrNo = (value: boolean) => t(value ? 'radius.yes' : 'radius.no')
  const reject = {
    nothing: 'radius.rejectNothing',
    denied: 'radius.rejectDenied',
    advice: 'radius.rejectAdvice',
  } as const
  return [
    [t('radius.network'), client.network],
    [t('agents.domain'), <DomainLink key="domain" domain={client.securityDomain} />],
    [t('agents.lastSeen'), <Moment key="seen" atMs={client.lastSeenAt} />],
    ['Message-Authenticator', <MessageAuthenticatorText key="authenticator" client={client} />],
    [t('radius.language'), profile.language],
    [t('radius.supportsChallenge'), yesOrNo(profile.supportsChallenge)],
    [t('radius.isProxy'), yesOrNo(profile.isProxy)],
    [t('radius.rejectDetail'), t(reject[profile.rejectDetail])],
    [t('radius.stripRealm'), yesOrNo(profile.stripRealm)],
    ...(profile.userNamePattern === ''
      ? []
      : [[t('radius.userNamePattern'), `${profile.userNamePattern} → ${profile.userNameReplacement}`] as const]),
    ...listFact(t('radius.replyAttributes'), profile.replyAttributes),
    ...listFact(t('radius.groups'), profile.groups),
    ...listFact(t('radius.ownTexts'), ownTextLines(profile)),
  ]
}

function listFact(term: string, lines: readonly string[]): readonly Fact[] {
  if (lines.length === 0) return []
  return [[term, lines.map((line) => <div key={line}>{line}</div>)]]
}

function activityFacts(activity: RadiusClientActivity, t: TFunction): readonly Fact[] {
  const { dropped } = activity
  const reasons = Object.entries(dropped).map(([reason, count]) => `${reason} ${count}`)
  return [
    [t('radius.requests'), activity.requests],
    [t('radius.accepts'), activity.accepts],
    [t('radius.rejects'), activity.rejects],
    [t('radius.challenges'), activity.challenges],
    [t('radius.resent'), activity.resent],
    [t('radius.statusAnswers'), activity.statusAnswers],
    [t('radius.garbagePasswords'), activity.garbagePasswords],
    [t('radius.dropped'), reasons.length === 0 ? 0 : reasons.join(', ')],
  ]
}
