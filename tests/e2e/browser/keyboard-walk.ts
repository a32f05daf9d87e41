/// <reference lib="dom" />
import type { Page } from 'playwright'

const CONTROLS = 'a[href], button:enabled, input:enabled:not([type=radio]), select:enabled, textarea:enabled'

/** Elements of the page; the walk keeps them there. */
interface Walk {
  readonly expected: readonly Element[]
  readonly reached: Set<Element>
  /** Those whose focus could not be seen. */
  readonly unseen: Set<Element>
}

/** What pressing Tab through the whole page does not reach, or reaches without showing it; empty = a keyboard is enough. */
export async function keyboardFaults(page: Page): Promise<readonly string[]> {
  const controls = await page.evaluate(watchFocus, CONTROLS)
  let faults = await page.evaluate(readFaults)
  // A field for a date takes several presses, and the walk may begin in the middle of the page.
  for (let round = 0; round < 3 && faults.missed.length > 0; round += 1) {
    await pressTab(page, controls + 1)
    faults = await page.evaluate(readFaults)
  }
  const { missed, unseen } = faults
  return [...missed.map((name) => `not reached: ${name}`), ...unseen.map((name) => `focus not shown: ${name}`)]
}

/** Sends all presses at once: the browser takes them in order, and nobody waits for each answer. */
export async function pressTab(page: Page, times: number): Promise<void> {
  const devTools = await page.context().newCDPSession(page)
  const key = { key: 'Tab', code: 'Tab', windowsVirtualKeyCode: 9 }
  const presses = Array.from({ length: times }, () => [
    devTools.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key }),
    devTools.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key }),
  ])
  await Promise.all(presses.flat())
  await devTools.detach()
}

/** Runs in the page: notes the controls that can be seen, and from now on whatever takes the focus. Returns how many. */
function watchFocus(controls: string): number {
  const isShown = (element: Element): boolean => {
    const { outlineStyle, boxShadow } = getComputedStyle(element)
    // PatternFly draws the focus of a field around the field's frame, and that of a switch or file at its sibling.
    const framed = element.closest('.pf-v6-c-form-control, .pf-v6-c-text-input-group, .pf-v6-c-switch') !== null
    return outlineStyle !== 'none' || boxShadow !== 'none' || framed
  }
  const isOffered = (element: Element): boolean =>
    element.checkVisibility({ visibilityProperty: true }) && element.getAttribute('tabindex') !== '-1'
  const expected = [...document.querySelectorAll(controls)].filter(isOffered)
  const walk: Walk = { expected, reached: new Set(), unseen: new Set() }
  Object.assign(window, { walk })
  document.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof Element)) return
    walk.reached.add(target)
    if (!isShown(target)) walk.unseen.add(target)
  })
  return expected.length
}

/** Runs in the page: in words, for a failure. */
function readFaults(): { readonly missed: readonly string[]; readonly unseen: readonly string[] } {
  const { expected, reached, unseen } = Reflect.get(window, 'walk') as Walk // set by watchFocus
  const nameOf = (element: Element): string => {
    const text = element.getAttribute('aria-label') ?? element.textContent.slice(0, 40)
    return `${element.tagName.toLowerCase()} ${text} ${element.isConnected ? '' : '(gone meanwhile)'}`
  }
  return {
    missed: expected.filter((element) => !reached.has(element)).map(nameOf),
    unseen: [...unseen].map(nameOf),
  }
}
