import type { ActivityRecord } from '@driftlock/contracts'
import { ExpandableSection } from '@patternfly/react-core'
import { useTranslation } from 'react-i18next'
import { useSentence } from '../worded/use-sentence.ts'
import { useWorded } from '../worded/use-worded.ts'

/** The reason in the help desk's words; the trace in sentences folds out below it. */
export function ReasonWords({ record }: { record: ActivityRecord }) {
  const { t } = useTranslation()
  const worded = useWorded()
  const inWords = useSentence()
  const { reason, reasonText, sentences } = record
  const text = worded({ code: reason, text: reasonText })
  if (sentences.length === 0) return <>{text}</>
  return (
    <>
      {text}
      <ExpandableSection toggleText={t('activity.more')} toggleAriaLabel={t('activity.moreAbout', { what: text })}>
        <ul className="driftlock-sentences">
          {sentences.map((sentence) => (
            <li key={sentence.text}>{inWords(sentence)}</li>
          ))}
        </ul>
      </ExpandableSection>
    </>
  )
}
