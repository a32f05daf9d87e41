import { auditEndpoints } from '@driftlock/contracts'
import { Moment, useApiQuery } from '@driftlock/ui-kit'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useMay } from '../session/session-context.ts'
import { useWorded } from '../worded/use-worded.ts'

interface ReportCellProps {
  column: string
  text: string
}

/** Where the things are that a report names; users are found by their name, which is all that a report has. */
const placeOf: Readonly<Record<string, (text: string) => string>> = {
  'User ID': (text) => `/?q=${encodeURIComponent(text)}`,
  Owner: (text) => `/?q=${encodeURIComponent(text)}`,
  Serial: (text) => `/tokens/${encodeURIComponent(text)}`,
  Token: (text) => `/tokens/${encodeURIComponent(text)}`,
  Agent: (text) => `/audit?agent=${encodeURIComponent(text)}`,
}

/** How a report writes a point in time: UTC, as its file has it. */
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/

const spoken: ReadonlySet<string> = new Set(['yes', 'no', 'success', 'failure', 'warning'])

/** Names of the columns whose values have words of their own here. */
const wordsOf: Readonly<Record<string, string>> = { Kind: 'tokens.kinds', Form: 'tokens.formFactors' }

/** One value of a report: a link to what it names, times in the user's zone, and words in the page's language. */
export function ReportCell({ column, text }: ReportCellProps) {
  const { t } = useTranslation()
  const worded = useWorded()
  const place = placeOf[column]
  const words = wordsOf[column]
  if (text === '') return null
  if (instant.test(text)) return <Moment atMs={Date.parse(text)} />
  if (place) return <Link to={place(text)}>{text}</Link>
  if (words !== undefined) return t(`${words}.${text}`, { defaultValue: text })
  if (column === 'Action' || column === 'Reason') return <ServerWords text={text} />
  return spoken.has(text) ? worded({ code: `cell-${text}`, text }) : text
}

/** A reason by its code, or an action by its English words, which is what a report has of them. */
function ServerWords({ text }: { text: string }) {
  const { t, i18n } = useTranslation()
  const worded = useWorded()
  const may = useMay()
  const mayRead = may('view-audit') || may('view-activity')
  const { data } = useApiQuery(auditEndpoints.getAuditVocabulary, {}, { enabled: mayRead })
  const reason = data?.reasons.find((one) => one.reason === text)
  if (reason) return worded({ code: reason.reason, text: reason.text })
  const action = data?.actions.find((one) => one.text === text)?.action
  const isOwn = action !== undefined && i18n.language !== 'en' && i18n.exists(`actions.${action}`)
  return isOwn ? t(`actions.${action}`) : text
}
