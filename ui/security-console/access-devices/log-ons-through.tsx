import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useMay } from '../session/session-context.ts'

/** Leads to the records of an agent or a RADIUS client, for those who may read them. */
export function LogOnsThrough({ name }: { name: string }) {
  const { t } = useTranslation()
  const may = useMay()
  if (!may('view-audit')) return null
  return <Link to={`/audit?agent=${encodeURIComponent(name)}`}>{t('agents.records')}</Link>
}
