/// <reference lib="dom" />
import type { Page } from 'playwright'

/** Until the page has its heading and nothing of it has been loading for a moment. Sooner than a silent network. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        let looksInARow = 0
        const look = (): void => {
          looksInARow = document.querySelector('.pf-v6-c-spinner') === null ? looksInARow + 1 : 0
          if (looksInARow > 4) resolve()
          else setTimeout(look, 25)
        }
        look()
      }),
  )
}
