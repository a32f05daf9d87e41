/// <reference lib="dom" />
import type { Page } from 'playwright'
import { shownAnew } from './shown-anew.ts'

/** A desktop of 1280 px at 200 % is 640 px wide; a phone 390; a desktop at 400 % 320 (WCAG 1.4.10). */
const WIDTHS = [640, 320, 390]

/** The widths at which the page would have to be moved sideways. Leaves it as wide as a phone. */
export async function tooWide(page: Page): Promise<readonly string[]> {
  const found: string[] = []
  const cut = await page.evaluate(() => {
    const main = document.querySelector('main')
    return main === null ? 0 : main.scrollWidth - main.clientWidth
  })
  if (cut > 0) found.push(`${cut} px too wide as it is`)
  for (const width of WIDTHS) {
    await shownAnew(page, () => page.setViewportSize({ width, height: 800 }))
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    if (over > 0) found.push(`${over} px too wide at ${width} px`)
  }
  return found
}
