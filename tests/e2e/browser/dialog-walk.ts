/// <reference lib="dom" />
import type { Locator, Page } from 'playwright'
import { accessibilityFaults } from './find-faults.ts'
import { pressTab } from './keyboard-walk.ts'

/** A button that opens a dialog, by its name; or one that opens a menu, and the entry of it. */
export type Opener = RegExp | string | readonly [toggle: RegExp, entry: string]

/** What is wrong with a dialog for those without a mouse, or eyes; leaves the page as it was. */
export async function dialogFaults(page: Page, opener: Opener): Promise<readonly string[]> {
  const [name, entry] = isMenu(opener) ? opener : [opener, undefined]
  const button = page
    .getByRole('main')
    .getByRole('button', { name, exact: typeof name === 'string' })
    .first()
  await button.focus()
  await page.keyboard.press('Enter')
  if (entry !== undefined) {
    await page.getByRole('menuitem', { name: entry }).focus()
    await page.keyboard.press('Enter')
  }
  const dialog = page.getByRole('dialog')
  await dialog.waitFor()
  const faults = [...(await walkInside(page, dialog)), ...(await accessibilityFaults(page))]
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  if (!(await button.evaluate((element) => element === document.activeElement)))
    faults.push('the focus does not come back')
  return faults.map((fault) => `${String(opener)}: ${fault}`)
}

function isMenu(opener: Opener): opener is readonly [RegExp, string] {
  return Array.isArray(opener)
}

/** The focus goes in by itself, and no number of Tabs leads out. */
async function walkInside(page: Page, dialog: Locator): Promise<readonly string[]> {
  const left: string[] = []
  for (const presses of [0, 1, 3, 7, 13]) {
    await pressTab(page, presses)
    if (!(await dialog.evaluate(containsFocus))) left.push(`the focus is outside after ${presses} more presses of Tab`)
  }
  return left
}

/** Runs in the page; the focus arrives when the dialog has. */
async function containsFocus(dialog: Element): Promise<boolean> {
  for (let looks = 0; looks < 20 && !dialog.contains(document.activeElement); looks += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return dialog.contains(document.activeElement)
}
