import { useEffect, useRef } from 'react'
import { useLocation } from 'react-router'

/** Id of the main content, where the skip link leads. */
export const mainId = 'driftlock-main'

/**
 * Moves focus to the main content after a link inside the console was followed, so that a screen reader begins to
 * read the new page; on first load the browser's own order stands.
 */
export function useArrival(): void {
  const { pathname } = useLocation()
  const last = useRef(pathname)
  useEffect(() => {
    if (last.current === pathname) return
    last.current = pathname
    const main = document.getElementById(mainId)
    main?.focus({ preventScroll: true })
    main?.scrollTo({ top: 0 })
  }, [pathname])
}
