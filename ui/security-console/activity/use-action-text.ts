import type { ActivityRecord } from '@driftlock/contracts'
import { useTranslation } from 'react-i18next'

/** What a record says was done, in the language of the page. */
export function useActionText(): (record: Pick<ActivityRecord, 'action' | 'actionText'>) => string {
  const { t, i18n } = useTranslation()
  return ({ action, actionText }) =>
    i18n.language !== 'en' && i18n.exists(`actions.${action}`) ? t(`actions.${action}`) : actionText
}
