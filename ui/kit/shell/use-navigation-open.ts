import { useEffect, useState } from 'react'

/** Where the navigation has a place of its own beside the page; elsewhere it lies over it. */
const beside = matchMedia('(min-width: 62rem)')

interface NavigationOpen {
  readonly isOpen: boolean
  readonly toggle: () => void
  /** Uncovers the page, where the navigation lies over it. */
  readonly uncover: () => void
}

/** Open where there is room; a window that becomes narrow (200 % zoom, a tablet turned) shows its page, not its navigation. */
export function useNavigationOpen(): NavigationOpen {
  const [isOpen, setOpen] = useState(beside.matches)
  useEffect(() => {
    const follow = ({ matches }: MediaQueryListEvent) => {
      setOpen(matches)
    }
    beside.addEventListener('change', follow)
    return () => {
      beside.removeEventListener('change', follow)
    }
  }, [])
  return {
    isOpen,
    toggle: () => {
      setOpen(!isOpen)
    },
    uncover: () => {
      if (!beside.matches) setOpen(false)
    },
  }
}
