/// <reference lib="dom" />
import type { Page } from 'playwright'

interface Reached {
  /** Elements that had the focus, in words for a failure. */
  readonly names: readonly string[]
  /** Those whose focus could not be seen. */
  readonly unseen: readonly string[]
}

const CONTROLS = 'a[href], button:enabled, input:enabled:not([type=radio]), select:enabled, textarea:enabled'

/** What pressing Tab through the whole page does not reach, or reaches without showing it; empty = a keyboard is enough. */
export async function keyboardFaults(page: Page): Promise<readonly string[]> {
  const expected = await page.evaluate(watchFocus, CONTROLS)
  // A field for a date takes several presses, and the walk may begin in the middle of the page.
  for (let round = 0; round < 3 && (await missedOf(page, expected)).length > 0; round += 1) {
    for (let presses = 0; presses <= expected.length; presses += 1) await page.keyboard.press('Tab')
  }
  const { unseen } = await page.evaluate(readReached)
  const missed = await missedOf(page, expected)
  return [...missed.map((name) => `not reached: ${name}`), ...unseen.map((name) => `focus not shown: ${name}`)]
}

async function missedOf(page: Page, expected: readonly string[]): Promise<readonly string[]> {
  const { names } = await page.evaluate(readReached)
  return expected.filter((name) => !names.includes(name))
}

/** Runs in the page. */
function readReached(): Reached {
  return Reflect.get(window, 'reached') as Reached // set by watchFocus
}

/** Runs in the page: names the controls that can be seen, and from now on notes whatever takes the focus. */
function watchFocus(controls: string): readonly string[] {
  const nameOf = (element: Element): string => {
    const place = [...document.querySelectorAll('*')].indexOf(element)
    return `${element.tagName.toLowerCase()} ${element.getAttribute('aria-label') ?? element.textContent?.slice(0, 40) ?? ''} #${place}`
  }
  const isShown = (element: Element): boolean => {
    const { outlineStyle, boxShadow } = getComputedStyle(element)
    // PatternFly draws the focus of a field around the field's frame, and that of a switch or file at its sibling.
    const framed = element.closest('.pf-v6-c-form-control, .pf-v6-c-text-input-group, .pf-v6-c-switch') !== null
    return outlineStyle !== 'none' || boxShadow !== 'none' || framed
  }
  const reached: { names: string[]; unseen: string[] } = { names: [], unseen: [] }
  Object.assign(window, { reached })
  document.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof Element)) return
    reached.names.push(nameOf(target))
    if (!isShown(target)) reached.unseen.push(nameOf(target))
  })
  const isOffered = (element: Element): boolean =>
    element.checkVisibility({ visibilityProperty: true }) && element.getAttribute('tabindex') !== '-1'
  return [...document.querySelectorAll(controls)].filter(isOffered).map(nameOf)
}
