import { auditEndpoints, type AuditRecord } from '@driftlock/contracts'
import { Moment, PageFrame, QueryView, useApiQuery } from '@driftlock/ui-kit'
import { Card, CardBody, CardTitle } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { OutcomeLabel } from '../conditions/outcome-label.tsx'
import { Facts } from '../facts/facts.tsx'
import { useActionText } from '../activity/use-action-text.ts'
import { ActorLink } from '../links/actor-link.tsx'
import { WhereLink } from '../links/where-link.tsx'
import { useSentence } from '../worded/use-sentence.ts'
import { useWorded } from '../worded/use-worded.ts'

/** One audit record: who did what to whom, with before and after. */
export function AuditRecordPage() {
  const { t } = useTranslation()
  const actionText = useActionText()
  const { recordId = '' } = useParams()
  const record = useApiQuery(auditEndpoints.getAuditRecord, { params: { recordId } })
  return (
    <QueryView query={record}>
      {(shown) => (
        <PageFrame title={actionText(shown)} above={[{ to: '/audit', title: t('audit.title') }]}>
          <div className="driftlock-gap">
            <RecordFacts record={shown} />
            <TraceInWords record={shown} />
            <State title={t('audit.before')} state={shown.before} />
            <State title={t('audit.after')} state={shown.after} />
          </div>
        </PageFrame>
      )}
    </QueryView>
  )
}

function RecordFacts({ record }: { record: AuditRecord }) {
  const { t } = useTranslation()
  const worded = useWorded()
  const { userId, username, tokenSerial } = record
  const user = userId && <Link to={`/users/${userId}`}>{username ?? userId}</Link>
  const token = tokenSerial && <Link to={`/tokens/${tokenSerial}`}>{tokenSerial}</Link>
  return (
    <Card isCompact>
      <CardBody>
        <Facts
          facts={[
            [t('activity.time'), <Moment key="at" atMs={record.at} />],
            [t('activity.outcome'), <OutcomeLabel key="outcome" outcome={record.outcome} />],
            [t('activity.reason'), worded({ code: record.reason, text: record.reasonText })],
            [t('activity.who'), <Who key="who" actor={record.actor} />],
            [t('activity.user'), user],
            [t('activity.token'), token],
            [t('activity.where'), <WhereLink key="where" record={record} />],
            [t('audit.requestId'), record.requestId],
            [t('audit.record'), `${record.chainId} #${record.sequence}`],
          ]}
        />
      </CardBody>
    </Card>
  )
}

function TraceInWords({ record: { sentences } }: { record: AuditRecord }) {
  const { t } = useTranslation()
  const inWords = useSentence()
  if (sentences.length === 0) return null
  return (
    <Card isCompact>
      <CardTitle component="h2">{t('audit.trace')}</CardTitle>
      <CardBody>
        <ul className="driftlock-sentences">
          {sentences.map((sentence) => (
            <li key={sentence.text}>{inWords(sentence)}</li>
          ))}
        </ul>
      </CardBody>
    </Card>
  )
}

function State({ title, state }: { title: string; state: unknown }) {
  if (state === null || state === undefined) return null
  return (
    <Card isCompact>
      <CardTitle component="h2">{title}</CardTitle>
      <CardBody>
        <pre className="driftlock-json">{JSON.stringify(state, null, 2)}</pre>
      </CardBody>
    </Card>
  )
}

function Who({ actor }: Pick<AuditRecord, 'actor'>) {
  const { t } = useTranslation()
  return (
    <>
      <ActorLink actor={actor} /> ({t(`activity.actors.${actor.type}`, { defaultValue: actor.type })})
    </>
  )
}
