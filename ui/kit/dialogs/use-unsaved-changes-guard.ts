import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useBlocker } from 'react-router'
import { useConfirm } from './confirm-context.ts'

/** What the guard says instead of its own words. */
interface GuardWords {
  readonly title?: string
  readonly body?: string
}

const noWords: GuardWords = {}

/** Asks before a page with unsaved changes is left, by a link, the back button, or by closing the tab. */
export function useUnsavedChangesGuard(hasUnsavedChanges: boolean, words: GuardWords = noWords): void {
  const { t } = useTranslation('kit')
  const confirm = useConfirm()
  const { title, body } = words
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => hasUnsavedChanges && currentLocation.pathname !== nextLocation.pathname,
  )
  useEffect(() => {
    if (blocker.state !== 'blocked') return
    const ask = async () => {
      const leave = await confirm({
        title: title ?? t('dialogs.leaveTitle'),
        body: body ?? t('dialogs.leaveBody'),
        confirmLabel: t('dialogs.leave'),
        danger: true,
      })
      if (leave) blocker.proceed()
      else blocker.reset()
    }
    void ask()
  }, [blocker, confirm, t, title, body])
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
