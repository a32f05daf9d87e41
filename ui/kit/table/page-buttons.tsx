import { Button } from '@patternfly/react-core'
import { AngleDoubleLeftIcon } from '@patternfly/react-icons/dist/esm/icons/angle-double-left-icon'
import { AngleLeftIcon } from '@patternfly/react-icons/dist/esm/icons/angle-left-icon'
import { AngleRightIcon } from '@patternfly/react-icons/dist/esm/icons/angle-right-icon'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PageOfRows } from './column.ts'
import type { PageCursor } from './use-page-cursor.ts'

interface PageButtonsProps {
  /** Of the list: a page may have several. */
  label: string
  page: PageOfRows<unknown>
  cursor: PageCursor
}

/** First, previous and next page of a list that follows a key: there are no page numbers to jump to. */
export function PageButtons({ label, page, cursor }: PageButtonsProps) {
  const { t } = useTranslation('kit')
  const [before, setBefore] = useState<readonly (string | undefined)[]>([])
  const { total } = page
  const isFirst = cursor.after === undefined
  return (
    <nav className="driftlock-pages" aria-label={t('table.pages', { label })}>
      <span role="status">
        {t('table.shown', { count: page.items.length })}
        {total && ` ${t('table.total', { total: total.count })}${total.atLeast ? '+' : ''}`}
      </span>
      <Button
        variant="plain"
        icon={<AngleDoubleLeftIcon />}
        aria-label={t('table.first')}
        isAriaDisabled={isFirst}
        onClick={() => {
          setBefore([])
          if (!isFirst) cursor.goTo(undefined)
        }}
      />
      <Button
        variant="plain"
        icon={<AngleLeftIcon />}
        aria-label={t('table.previous')}
        isAriaDisabled={isFirst}
        onClick={() => {
          setBefore(before.slice(0, -1))
          if (!isFirst) cursor.goTo(before.at(-1))
        }}
      />
      <Button
        variant="plain"
        icon={<AngleRightIcon />}
        aria-label={t('table.next')}
        isAriaDisabled={page.next === undefined}
        onClick={() => {
          if (page.next === undefined) return
          setBefore([...before, cursor.after])
          cursor.goTo(page.next)
        }}
      />
    </nav>
  )
}
