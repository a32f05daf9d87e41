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
  const worded = useWorded()
  const inWords = useSentence()
  const actionText = useActionText()
  const { recordId = '' } = useParams()
  const record = useApiQuery(auditEndpoints.getAuditRecord, { params: { recordId } })
  return (
    <QueryView query={record}>
      {(shown) => (
        <PageFrame title={actionText(shown)} above={[{ to: '/audit', title: t('audit.title') }]}>
          <div className="driftlock-gap">
            <Card isCompact>
              <CardBody>
                <Facts
                  facts={[
                    [t('activity.time'), <Moment key="at" atMs={shown.at} />],
                    [t('activity.outcome'), <OutcomeLabel key="outcome" outcome={shown.outcome} />],
                    [t('activity.reason'), worded({ code: shown.reason, text: shown.reasonText })],
                    [t('activity.who'), <Who key="who" actor={shown.actor} />],
                    [
                      t('activity.user'),
                      shown.userId && (
                        <Link key="user" to={`/users/${shown.userId}`}>
                          {shown.username ?? shown.userId}
                        </Link>
                      ),
                    ],
                    [
                      t('activity.token'),
                      shown.tokenSerial && (
                        <Link key="token" to={`/tokens/${shown.tokenSerial}`}>
                          {shown.tokenSerial}
                        </Link>
                      ),
                    ],
                    [t('activity.where'), <WhereLink key="where" record={shown} />],
                    [t('audit.requestId'), shown.requestId],
                    [t('audit.record'), `${shown.chainId} #${shown.sequence}`],
                  ]}
                />
              </CardBody>
            </Card>
            {shown.sentences.length > 0 && (
              <Card isCompact>
                <CardTitle component="h2">{t('audit.trace')}</CardTitle>
                <CardBody>
                  <ul className="driftlock-sentences">
                    {shown.sentences.map((sentence) => (
                      <li key={sentence.text}>{inWords(sentence)}</li>
                    ))}
                  </ul>
                </CardBody>
              </Card>
            )}
            <State title={t('audit.before')} state={shown.before} />
            <State title={t('audit.after')} state={shown.after} />
          </div>
        </PageFrame>
      )}
    </QueryView>
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
