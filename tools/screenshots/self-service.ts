import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright'
import { serveBuiltConsole } from '../../tests/e2e/browser/built-console.ts'
import { launchChromium } from '../../tests/e2e/browser/chromium.ts'
import { mockSelfService } from '../../tests/e2e/browser/mock-self-service.ts'

const folder = fileURLToPath(new URL('../../scratch/screenshots/self-service/', import.meta.url))

interface Shot {
  readonly name: string
  readonly path: string
  /** What is done on the page before the picture is taken. */
  readonly act?: (page: Page) => Promise<void>
}

const shots: readonly Shot[] = [
  { name: 'tokens', path: '' },
  { name: 'choose-token', path: 'troubleshoot' },
  { name: 'troubleshoot', path: 'tokens/token-1/troubleshoot' },
  {
    name: 'emergency-codes',
    path: 'tokens/token-1/troubleshoot',
    act: async (page) => {
      await page.getByRole('radio', { name: /temporarily|vorübergehend/ }).check()
      await page.getByRole('button', { name: 'OK' }).click()
      await page.getByRole('list', { name: /Emergency|Notfall/ }).waitFor()
    },
  },
  {
    name: 'confirm-lost',
    path: 'tokens/token-1/troubleshoot',
    act: async (page) => {
      await page.getByRole('radio', { name: /permanently|endgültig/ }).check()
      await page.getByRole('button', { name: 'OK' }).click()
      await page.getByRole('dialog').waitFor()
    },
  },
  {
    name: 'confirm-undamaged',
    path: 'tokens/token-1/confirm-undamaged',
    act: async (page) => page.getByRole('button', { name: /^(No|Nein)$/ }).click(),
  },
  {
    name: 'resynchronize',
    path: 'tokens/token-1/resynchronize',
    act: async (page) => page.getByRole('textbox').first().fill('123456'),
  },
  { name: 'forgot-pin', path: 'tokens/token-1/forgot-pin' },
  {
    name: 'change-pin',
    path: 'tokens/token-1/change-pin',
    act: async (page) => page.getByRole('button', { name: 'OK' }).click(),
  },
  { name: 'enable', path: 'tokens/token-2/enable' },
  { name: 'test', path: 'test' },
  { name: 'history', path: 'history' },
  { name: 'not-found', path: 'nowhere' },
]

const looks = [
  { name: 'desktop-light', width: 1280, height: 900, theme: 'light', language: 'en' },
  { name: 'desktop-dark', width: 1280, height: 900, theme: 'dark', language: 'de' },
  { name: 'phone-light', width: 390, height: 844, theme: 'light', language: 'de' },
  { name: 'phone-dark', width: 390, height: 844, theme: 'dark', language: 'en' },
] as const

/** Every page of the Self-Service Console in every look, as files to be looked at. */
export async function takeSelfServiceScreenshots(): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const site = await serveBuiltConsole('self-service-console')
  const browser = await launchChromium()
  try {
    for (const look of looks) await takeLook(browser, site.url, look)
  } finally {
    await browser.close()
    await site.close()
  }
  console.log(`${shots.length * looks.length} pictures in ${folder}`)
}

async function takeLook(browser: Browser, url: string, look: (typeof looks)[number]): Promise<void> {
  const { width, height, theme, language } = look
  const context = await browser.newContext({
    viewport: { width, height },
    timezoneId: 'Europe/Berlin',
    reducedMotion: 'reduce',
  })
  await context.addCookies([
    { name: 'driftlock-theme', value: theme, url },
    { name: 'driftlock-language', value: language, url },
  ])
  await mockSelfService(context)
  for (const shot of shots) {
    const page = await context.newPage()
    await page.goto(`${url}${shot.path}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForLoadState('networkidle')
    await shot.act?.(page)
    await page.screenshot({ path: join(folder, `${shot.name}-${look.name}.png`) })
    await page.close({ runBeforeUnload: false })
  }
  await context.close()
}
