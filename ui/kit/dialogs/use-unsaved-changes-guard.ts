import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useBlocker } from 'react-router'
import { useConfirm } from './confirm-context.ts'

/** Asks before a page with unsaved changes is left, by a link, the back button, or by closing the tab. */
export function useUnsavedChangesGuard(hasUnsavedChanges: boolean): void {
  const { t } = useTranslation('kit')
  const confirm = useConfirm()
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => hasUnsavedChanges && currentLocation.pathname !== nextLocation.pathname,
  )
  useEffect(() => {
    if (blocker.state !== 'blocked') return
    const leaving = confirm({
      title: t('dialogs.leaveTitle'),
      body: t('dialogs.leaveBody'),
      confirmLabel: t('dialogs.leave'),
      danger: true,
    })
    void leaving.then((leave) => {
      if (leave) blocker.proceed()
      else blocker.reset()
    })
  }, [blocker, confirm, t])
  useEffect(() => {
    if (!hasUnsavedChanges) return undefined
    const warn = (event: BeforeUnloadEvent) => {
      event.preventDefault()
    }
    addEventListener('beforeunload', warn)
    return () => {
      removeEventListener('beforeunload', warn)
    }
  }, [hasUnsavedChanges])
}
