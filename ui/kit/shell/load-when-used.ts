const touches = ['pointermove', 'pointerdown', 'keydown'] as const

/**
 * Loads, when a page is first touched, what its first load leaves out but what must be there even where the network is
 * lost later: a message that says so, the question before something is left.
 */
export function loadWhenUsed(parts: readonly (() => Promise<unknown>)[]): void {
  const load = () => {
    // What is not loaded now is asked for again where it is wanted.
    for (const part of parts) part().catch(() => undefined)
  }
  for (const touch of touches) addEventListener(touch, load, { once: true, passive: true })
}
