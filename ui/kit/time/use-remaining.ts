import { useEffect, useEffectEvent, useState } from 'react'

/** Milliseconds until a moment, counted down once a second; 0 when it is over, when `onEnd` is called once. */
export function useRemaining(endsAtMs: number, onEnd?: () => void): number {
  const [remainingMs, setRemainingMs] = useState(() => Math.max(0, endsAtMs - Date.now()))
  const ended = useEffectEvent(() => onEnd?.())
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const tick = () => {
      const left = Math.max(0, endsAtMs - Date.now())
      setRemainingMs(left)
      if (left === 0) ended()
      else timer = setTimeout(tick, left % 1000 || 1000)
    }
    tick()
    return () => {
      clearTimeout(timer)
    }
  }, [endsAtMs])
  return remainingMs
}
