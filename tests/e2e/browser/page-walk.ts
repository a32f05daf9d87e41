/// <reference lib="dom" />
import type { Page } from 'playwright'
import type { EnglishFinder } from './english-left.ts'
import { accessibilityFaults } from './find-faults.ts'
import { keyboardFaults } from './keyboard-walk.ts'
import { settled } from './settled.ts'
import { shownAnew } from './shown-anew.ts'
import { tooWide } from './too-wide.ts'
import { visibleTexts } from './visible-texts.ts'

const DESKTOP = { width: 1280, height: 900 }

/** What a walk over a page may complain about; each list is empty on a page that is whole. */
export interface PageFaults {
  /** On a desktop, in light, in English. */
  readonly onDesktop: readonly string[]
  /** By keyboard alone, on a desktop. */
  readonly byKeyboard: readonly string[]
  readonly tooWide: readonly string[]
  /** On a phone, in the dark, in German. */
  readonly onPhone: readonly string[]
  /** After its language was switched to German where it stands. */
  readonly english: readonly string[]
}

export const NO_FAULTS: PageFaults = { onDesktop: [], byKeyboard: [], tooWide: [], onPhone: [], english: [] }

/** Looks at a page in every look, having loaded it once. The page is open in English and light, and is left in German. */
export async function walkPage(page: Page, englishIn: EnglishFinder): Promise<PageFaults> {
  const byKeyboard = await keyboardFaults(page)
  const onDesktop = await accessibilityFaults(page)
  const tooWideAt = await tooWide(page)
  await switchToGerman(page)
  const english = englishIn(await visibleTexts(page))
  await shownAnew(page, () => page.evaluate(darkFromTheTop))
  const onPhone = await accessibilityFaults(page)
  await shownAnew(page, () => page.setViewportSize(DESKTOP))
  return { onDesktop, byKeyboard, tooWide: tooWideAt, onPhone, english }
}

/** As a person does it, on the page that is open. */
async function switchToGerman(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Language/ }).click()
  await page.getByRole('menuitem', { name: 'Deutsch' }).click()
  await page.getByRole('button', { name: /^Sprache/ }).waitFor()
  await settled(page)
}

/** Runs in the page: what stands still at the top may cover what was scrolled to. */
function darkFromTheTop(): void {
  document.documentElement.classList.add('pf-v6-theme-dark')
  for (const element of document.querySelectorAll('*')) if (element.scrollTop > 0) element.scrollTop = 0
}
