/// <reference lib="dom" />
import type { Page } from 'playwright'

/** Everything a person reads or hears of the page: shown text and the names and hints of controls, each once. */
export async function visibleTexts(page: Page): Promise<readonly string[]> {
  const texts = await page.evaluate(() => {
    const found: string[] = [document.title]
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const parent = walker.currentNode.parentElement
      // What stands in code is a name that programs know: it has no language.
      if (parent?.checkVisibility() === true && parent.closest('code') === null)
        found.push(walker.currentNode.textContent ?? '')
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]')) {
      for (const name of ['aria-label', 'title', 'placeholder']) found.push(element.getAttribute(name) ?? '')
    }
    return found
  })
  return [...new Set(texts.map((text) => text.replaceAll(/\s+/g, ' ').trim()).filter((text) => text !== ''))]
}
