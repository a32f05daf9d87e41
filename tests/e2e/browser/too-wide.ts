/// <reference lib="dom" />
import type { Page } from 'playwright'

/** A desktop of 1280 px at 200 % is 640 px wide; a phone 390; a desktop at 400 % 320 (WCAG 1.4.10). */
const WIDTHS = [640, 390, 320]

/** The widths at which the page would have to be moved sideways. Leaves it as wide as it was. */
export async function tooWide(page: Page): Promise<readonly string[]> {
  const before = page.viewportSize() ?? { width: 1280, height: 900 }
  const found: string[] = []
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 })
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    if (over > 0) found.push(`${over} px too wide at ${width} px`)
  }
  await page.setViewportSize(before)
  return found
}
