import type { Browser, BrowserContext } from 'playwright'

export interface Look {
  readonly name: string
  readonly width: number
  readonly height: number
  readonly theme: 'light' | 'dark'
  readonly language: 'en' | 'de'
}

/** Desktop and phone, light and dark, each language in both widths and both themes. */
export const looks: readonly Look[] = [
  { name: 'desktop-light', width: 1280, height: 900, theme: 'light', language: 'en' },
  { name: 'desktop-dark', width: 1280, height: 900, theme: 'dark', language: 'de' },
  { name: 'phone-light', width: 390, height: 844, theme: 'light', language: 'de' },
  { name: 'phone-dark', width: 390, height: 844, theme: 'dark', language: 'en' },
]

/** A window that shows pages of this address in one look, standing still. */
export async function openLook(browser: Browser, url: string, look: Look): Promise<BrowserContext> {
  const { width, height, theme, language } = look
  const context = await browser.newContext({
    viewport: { width, height },
    locale: language === 'de' ? 'de-DE' : 'en-GB',
    timezoneId: 'Europe/Berlin',
    colorScheme: theme,
    reducedMotion: 'reduce',
  })
  await context.addCookies([
    { name: 'driftlock-theme', value: theme, url },
    { name: 'driftlock-language', value: language, url },
  ])
  return context
}
