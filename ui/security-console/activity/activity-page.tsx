import {
  type ActivityChannel,
  activityChannel,
  activityEndpoints,
  type ActivityRecord,
  activityRecord,
} from '@driftlock/contracts'
import { EmptyState, ownField, PageFrame, SelectField, TextField, useEventStream } from '@driftlock/ui-kit'
import { Button, Form, Tab, Tabs, TabTitleText } from '@patternfly/react-core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { StatusLabel } from '../conditions/condition-label.tsx'
import { type SearchFields, useSearchFields } from '../search/use-search-fields.ts'
import { ActivityTable } from './activity-table.tsx'

const names = ['channel', 'username', 'tokenSerial', 'agent', 'outcome'] as const
const shown = 200

/** Reporting > Real-time Activity Monitors: log-ons, what administrators do, what the system does. */
export function ActivityPage() {
  const { t } = useTranslation()
  const search = useSearchFields(names)
  const channel = activityChannel.catch('authentication').parse(search.values.channel)
  return (
    <PageFrame title={t('activity.title')} lead={t('activity.lead')}>
      <Tabs
        activeKey={channel}
        aria-label={t('activity.monitors')}
        onSelect={(_event, key) => search.set({ channel: String(key) })}
      >
        {activityChannel.options.map((one) => (
          <Tab key={one} eventKey={one} title={<TabTitleText>{t(`activity.channels.${one}`)}</TabTitleText>}>
            {one === channel && (
              <div className="driftlock-gap driftlock-below-tabs">
                <MonitorFilters search={search} />
                <Monitor key={JSON.stringify(search.values)} channel={one} search={search} />
              </div>
            )}
          </Tab>
        ))}
      </Tabs>
    </PageFrame>
  )
}

interface MonitorProps {
  channel: ActivityChannel
  search: SearchFields<(typeof names)[number]>
}

function Monitor({ channel, search }: MonitorProps) {
  const { t } = useTranslation()
  const [records, setRecords] = useState<readonly ActivityRecord[]>([])
  const [paused, setPaused] = useState(false)
  const state = useEventStream(activityEndpoints.watchActivity, {
    // What the address says is checked by the server like any query.
    input: { query: { ...(search.values as object), channel } },
    schema: activityRecord,
    name: 'activity',
    enabled: !paused,
    onEvent: (record) =>
      setRecords((before) => [record, ...before.filter((one) => one.id !== record.id)].slice(0, shown)),
  })
  return (
    <>
      <div role="status">
        <StatusLabel status={paused || state !== 'open' ? 'warning' : 'success'}>
          {t(paused ? 'activity.paused' : `activity.states.${state}`)}
        </StatusLabel>{' '}
        <Button variant="link" isInline onClick={() => setPaused(!paused)}>
          {t(paused ? 'activity.resume' : 'activity.pause')}
        </Button>
      </div>
      {records.length === 0 ? (
        <EmptyState headingLevel="h2" title={t('activity.waiting')}>
          {t('activity.waitingBody')}
        </EmptyState>
      ) : (
        <ActivityTable
          label={t(`activity.channels.${channel}`)}
          records={records}
          shows={['time', 'action', 'outcome', 'reason', 'who', 'user', 'where', 'token']}
        />
      )}
    </>
  )
}

function MonitorFilters({ search: { values, set } }: Pick<MonitorProps, 'search'>) {
  const { t } = useTranslation()
  return (
    <Form className="driftlock-filters" onSubmit={(event) => event.preventDefault()}>
      {(['username', 'tokenSerial', 'agent'] as const).map((name) => (
        <TextField
          key={name}
          field={ownField({
            name,
            value: values[name] ?? '',
            onChange: (value: string) => set({ [name]: value }),
            maxLength: 255,
          })}
          label={t(`activity.filters.${name}`)}
        />
      ))}
      <SelectField
        field={{ name: 'outcome', value: values.outcome ?? '', onChange: (outcome) => set({ outcome }) }}
        label={t('activity.outcome')}
        choices={[
          { value: '', label: t('search.any') },
          ...(['success', 'failure', 'warning'] as const).map((value) => ({
            value,
            label: t(`conditions.outcome.${value}`),
          })),
        ]}
      />
    </Form>
  )
}
