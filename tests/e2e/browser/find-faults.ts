/// <reference lib="dom" />
import axe, { type AxeResults } from 'axe-core'
import type { Page } from 'playwright'

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What axe finds against WCAG 2.2 AA on the page as it stands, one line a finding. */
export async function accessibilityFaults(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  const { violations } = await page.evaluate(runInPage, TAGS)
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`),
  )
}

/** Runs in the page: looks at where its colours and places are going to, not at the way there. */
async function runInPage(tags: string[]): Promise<Pick<AxeResults, 'violations'>> {
  for (const animation of document.getAnimations()) {
    if (animation.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY) animation.finish()
  }
  const { run } = Reflect.get(window, 'axe') as typeof axe // was put there before
  // To describe what is right takes axe most of its time.
  const { violations } = await run(document, { runOnly: tags, resultTypes: ['violations'] })
  return { violations }
}
